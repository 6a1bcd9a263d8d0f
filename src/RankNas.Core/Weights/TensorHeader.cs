using System.Buffers.Binary;
using System.Text.Json;
using RankNas.Files;

namespace RankNas.Weights;

/// <summary>The header of a tensor file: eight bytes of its length, then JSON that says where each tensor is.</summary>
/// <param name="Entries">The tensors, in the order of their bytes.</param>
/// <param name="Metadata">What else the file says of itself.</param>
/// <param name="DataStart">Where the tensors' bytes begin in the file.</param>
internal sealed record TensorHeader(ImmutableArray<TensorEntry> Entries, ImmutableDictionary<string, string> Metadata, long DataStart)
{
    private const string MetadataName = "__metadata__";
    private const int Alignment = 8;

    // Two hundred thousand tensors; the format itself allows 100 MB, which as parsed JSON would take a gigabyte.
    private const long LargestHeader = 16 * 1024 * 1024;

    // Object, tensor, array.
    private const int Depth = 3;

    // NumPy's limit: libtorch itself takes any number, slowly.
    private const int MostDimensions = 64;

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
        if (length > (ulong)(file.Length - sizeof(ulong)))
        {
            throw NotSuchAFile(path, $"a header of {length} bytes does not fit its {file.Length}");
        }

        if (length > LargestHeader)
        {
            throw NotSuchAFile(path, $"its header has {length} bytes, and {LargestHeader} are the most");
        }

        byte[] json = new byte[length];
        try
        {
            file.ReadExactly(json);
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Depth });
            TensorHeader header = Parse(document.RootElement, path, sizeof(ulong) + (long)length);
            header.CheckBytes(path, file.Length);
            return header;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or EndOfStreamException)
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
        Dictionary<string, JsonElement> members = MembersOf(root, path);
        var metadata = ImmutableDictionary<string, string>.Empty;
        if (members.Remove(MetadataName, out JsonElement texts))
        {
            metadata = MembersOf(texts, path).ToImmutableDictionary(
                pair => pair.Key, pair => pair.Value.GetString() ?? throw NotSuchAFile(path, $"its metadata '{ShownText.Of(pair.Key)}' is no text"));
        }

        return new TensorHeader(
            [.. members.Select(member => ParseEntry(member.Key, member.Value, path)).OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)], metadata, dataStart);
    }

    // JSON lets a name be there twice, and readers differ in which they take.
    private static Dictionary<string, JsonElement> MembersOf(JsonElement element, string path)
    {
        var members = new Dictionary<string, JsonElement>();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!members.TryAdd(property.Name, property.Value))
            {
                throw NotSuchAFile(path, $"'{ShownText.Of(property.Name)}' is in it twice");
            }
        }

        return members;
    }

    private static TensorEntry ParseEntry(string name, JsonElement element, string path)
    {
        Dictionary<string, JsonElement> members = MembersOf(element, path);
        string? format = members["dtype"].GetString();
        (_, TorchSharp.torch.ScalarType type, int bytes) = TensorFormat.Named(format)
            ?? throw new InvalidDataException($"'{ShownText.Of(name)}' of '{ShownText.Of(path, ShownText.LineLength)}' is in {ShownText.Of(format)}, which is not read: save it as F32.");
        if (members["shape"].GetArrayLength() > MostDimensions)
        {
            throw NotSuchAFile(path, $"'{ShownText.Of(name)}' has more than {MostDimensions} dimensions");
        }

        ImmutableArray<long> shape = [.. members["shape"].EnumerateArray().Select(size => size.GetInt64())];
        long elementsBytes = BytesOf(shape, bytes) ?? throw NotSuchAFile(path, $"'{ShownText.Of(name)}' is [{string.Join(", ", shape)}], which is larger than can be");
        return members["data_offsets"].EnumerateArray().Select(offset => offset.GetInt64()).ToArray() is [>= 0 and var begin, var end]
            && begin <= end && shape.All(size => size >= 0) && elementsBytes == end - begin
                ? new TensorEntry(name, type, shape, begin, end)
                : throw NotSuchAFile(path, $"the header's place for '{ShownText.Of(name)}' is not its size");
    }

    // Null where there are too many for libtorch to count, even with the zeros left out: it multiplies all sizes for its strides.
    private static long? BytesOf(ImmutableArray<long> shape, int elementBytes)
    {
        Int128 places = elementBytes;
        foreach (long size in shape)
        {
            places *= Math.Max(size, 1);
            if (places > long.MaxValue)
            {
                return null;
            }
        }

        return shape.Contains(0) ? 0 : (long)places;
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
        new($"'{ShownText.Of(path, ShownText.LineLength)}' is no safetensors file, or is damaged: {reason}.", cause);

    private void CheckBytes(string path, long fileLength)
    {
        long expected = 0;
        foreach (TensorEntry entry in Entries)
        {
            if (entry.Begin != expected)
            {
                throw NotSuchAFile(path, $"'{ShownText.Of(entry.Name)}' does not begin where the tensor before it ends");
            }

            expected = entry.End;
            if (expected > fileLength - DataStart)
            {
                throw new InvalidDataException(
                    $"'{ShownText.Of(path, ShownText.LineLength)}' is cut short: '{ShownText.Of(entry.Name)}' ends at byte {(Int128)DataStart + expected}, but the file has {fileLength}. Copy or save it again.");
            }
        }

        if (DataStart + expected < fileLength)
        {
            throw NotSuchAFile(path, $"{fileLength - DataStart - expected} bytes after the last tensor belong to none");
        }
    }
}
