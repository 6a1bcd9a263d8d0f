using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;

namespace RankNas;

/// <summary>The header of a tensor file: eight bytes of its length, then JSON that says where each tensor is.</summary>
/// <param name="Entries">The tensors, in the order of their bytes.</param>
/// <param name="Metadata">What else the file says of itself.</param>
/// <param name="DataStart">Where the tensors' bytes begin in the file.</param>
internal sealed record TensorHeader(ImmutableArray<TensorEntry> Entries, ImmutableDictionary<string, string> Metadata, long DataStart)
{
    private const string MetadataName = "__metadata__";
    private const int Alignment = 8;
    private const long LargestHeader = 100_000_000;

    /// <summary>Reads and checks a header: afterwards every tensor's bytes are known to be there.</summary>
    /// <exception cref="InvalidDataException">It is none, or does not fit the file.</exception>
    public static TensorHeader Read(Stream file, string path)
    {
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        if (file.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length)
        {
            throw NotSuchAFile(path, $"it has only {file.Length} bytes");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LargestHeader || (long)length > file.Length - sizeof(ulong))
        {
            throw NotSuchAFile(path, $"a header of {length} bytes does not fit its {file.Length}");
        }

        byte[] json = new byte[length];
        file.ReadExactly(json);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            TensorHeader header = Parse(document.RootElement, path, sizeof(ulong) + (long)length);
            header.CheckBytes(path, file.Length);
            return header;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or OverflowException or KeyNotFoundException)
        {
            throw NotSuchAFile(path, "its header is damaged", exception);
        }
    }

    /// <summary>Writes the header of tensors whose places are known.</summary>
    public static void Write(Stream file, IReadOnlyList<TensorEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            if (metadata.Count > 0)
            {
                writer.WriteStartObject(MetadataName);
                foreach ((string name, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    writer.WriteString(name, value);
                }

                writer.WriteEndObject();
            }

            foreach (TensorEntry entry in entries)
            {
                writer.WriteStartObject(entry.Name);
                writer.WriteString("dtype", TensorFormat.Of(entry.Type)!.Value.Name);
                WriteNumbers(writer, "shape", entry.Shape);
                WriteNumbers(writer, "data_offsets", [entry.Begin, entry.End]);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        // Blanks at the end of the JSON have the tensors begin at a multiple of eight bytes.
        while (json.Length % Alignment != 0)
        {
            json.WriteByte((byte)' ');
        }

        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)json.Length);
        file.Write(prefix);
        json.WriteTo(file);
    }

    private static TensorHeader Parse(JsonElement root, string path, long dataStart)
    {
        var entries = new Dictionary<string, TensorEntry>();
        var metadata = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.Name == MetadataName)
            {
                metadata.AddRange(property.Value.EnumerateObject().Select(pair => KeyValuePair.Create(pair.Name, pair.Value.GetString()!)));
            }
            else if (!entries.TryAdd(property.Name, ParseEntry(property, path)))
            {
                throw NotSuchAFile(path, $"'{property.Name}' is in it twice");
            }
        }

        return new TensorHeader([.. entries.Values.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)], metadata.ToImmutable(), dataStart);
    }

    private static TensorEntry ParseEntry(JsonProperty property, string path)
    {
        string? name = property.Value.GetProperty("dtype").GetString();
        (_, TorchSharp.torch.ScalarType type, int bytes) = TensorFormat.Named(name)
            ?? throw new InvalidDataException($"'{property.Name}' of '{path}' is in {name}, which is not read: save it as F32.");
        ImmutableArray<long> shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        long[] offsets = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        long elements = shape.Aggregate(1L, (product, size) => checked(product * size));
        return offsets.Length == 2 && offsets[0] >= 0 && shape.All(size => size >= 0) && offsets[1] - offsets[0] == checked(elements * bytes)
            ? new TensorEntry(property.Name, type, shape, offsets[0], offsets[1])
            : throw NotSuchAFile(path, $"the header's place for '{property.Name}' is not its size");
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, IEnumerable<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (long number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }

    private static InvalidDataException NotSuchAFile(string path, string reason, Exception? cause = null) =>
        new($"'{path}' is no safetensors file, or is damaged: {reason}.", cause);

    private void CheckBytes(string path, long fileLength)
    {
        long expected = 0;
        foreach (TensorEntry entry in Entries)
        {
            if (entry.Begin != expected)
            {
                throw NotSuchAFile(path, $"'{entry.Name}' does not begin where the tensor before it ends");
            }

            expected = entry.End;
            if (DataStart + expected > fileLength)
            {
                throw new InvalidDataException(
                    $"'{path}' is cut short: '{entry.Name}' ends at byte {DataStart + expected}, but the file has {fileLength}. Copy or save it again.");
            }
        }

        if (DataStart + expected < fileLength)
        {
            throw NotSuchAFile(path, $"{fileLength - DataStart - expected} bytes after the last tensor belong to none");
        }
    }
}
