using RankNas.Files;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Weights;

/// <summary>Named tensors in a file of the safetensors format, which Python reads by <c>safetensors.torch.load_file</c>.</summary>
/// <remarks>The format: <see href="https://github.com/huggingface/safetensors"/>. A file contains only numbers; no code in it is executed.</remarks>
public sealed class TensorFile : IDisposable
{
    private readonly ImmutableDictionary<string, Tensor> _tensors;

    private TensorFile(ImmutableDictionary<string, Tensor> tensors, ImmutableDictionary<string, string> metadata)
    {
        _tensors = tensors;
        Metadata = metadata;
    }

    /// <summary>Gets the tensors by name, on the CPU; they are disposed with this file.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => _tensors;

    /// <summary>Gets the file's metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Writes tensors to a file, atomically; an existing file is replaced.</summary>
    /// <param name="path">The file, usually named <c>.safetensors</c>.</param>
    /// <param name="tensors">The tensors by name, in any memory format, on any device.</param>
    /// <param name="metadata">Metadata, such as the architecture.</param>
    /// <exception cref="ArgumentException">A tensor has a dtype that the file format does not support, such as a complex one.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ImmutableArray<TensorEntry> entries = Place(tensors);
        AtomicFile.Write(path, file =>
        {
            TensorHeader.Write(file, entries, metadata ?? ImmutableDictionary<string, string>.Empty);
            foreach (TensorEntry entry in entries)
            {
                WriteBytes(file, tensors[entry.Name]);
            }
        });
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The tensors. The caller disposes them.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is not such a file, damaged or truncated.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static TensorFile Load(string path) => Load(path, _ => { });

    /// <summary>Reads a file whose header passes a check; what the check throws is thrown before any tensor is read.</summary>
    internal static TensorFile Load(string path, Action<TensorHeader> check)
    {
        using FileStream file = InputFile.Open(path, "a safetensors file");
        TensorHeader header = TensorHeader.Read(file, path);
        check(header);
        TorchRuntime.EnsureLoaded();
        var tensors = ImmutableDictionary.CreateBuilder<string, Tensor>();
        try
        {
            foreach (TensorEntry entry in header.Entries)
            {
                tensors.Add(entry.Name, ReadTensor(file, entry, path));
            }

            return new TensorFile(tensors.ToImmutable(), header.Metadata);
        }
        catch
        {
            foreach (Tensor tensor in tensors.Values)
            {
                tensor.Dispose();
            }

            throw;
        }
    }

    /// <summary>Disposes the tensors.</summary>
    public void Dispose()
    {
        foreach (Tensor tensor in _tensors.Values)
        {
            tensor.Dispose();
        }
    }

    // The widest elements first, so that each tensor begins at a multiple of its element's size.
    private static ImmutableArray<TensorEntry> Place(IReadOnlyDictionary<string, Tensor> tensors)
    {
        var entries = ImmutableArray.CreateBuilder<TensorEntry>();
        long place = 0;
        foreach ((string name, Tensor tensor) in tensors
            .OrderByDescending(pair => pair.Value.ElementSize).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (TensorFormat.Of(tensor.dtype) is not { } format)
            {
                throw new ArgumentException($"'{name}' is in {tensor.dtype}, which a safetensors file cannot hold: convert it first.", nameof(tensors));
            }

            long end = place + tensor.numel() * format.Bytes;
            entries.Add(new TensorEntry(name, tensor.dtype, [.. tensor.Sizes()], place, end));
            place = end;
        }

        return entries.ToImmutable();
    }

    private static void WriteBytes(Stream file, Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        if (tensor.numel() > 0)
        {
            file.Write(tensor.detach().cpu().contiguous().bytes);
        }
    }

    private static Tensor ReadTensor(Stream file, TensorEntry entry, string path)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable normal = inference_mode(false);
        Tensor tensor = empty([.. entry.Shape], dtype: entry.Type, device: CPU);
        if (tensor.numel() > 0)
        {
            Span<byte> bytes = tensor.bytes;
            if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            {
                throw new InvalidDataException($"'{ShownText.Of(path, ShownText.LineLength)}' has become shorter while it was read: leave it in place, and load it again.");
            }
        }

        return tensor.DetachFromDisposeScope();
    }
}
