using System.Text.Json;
using System.Text.Json.Serialization;

namespace RankNas.Graphs.Json;

/// <summary>Writes sizes as <c>[3,5]</c>.</summary>
internal sealed class Size2DConverter : JsonConverter<Size2D>
{
    public override Size2D Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("A size is [height, width].");
        }

        var size = new Size2D(Side(ref reader), Side(ref reader));
        return reader.Read() && reader.TokenType == JsonTokenType.EndArray ? size : throw new JsonException("A size is [height, width].");
    }

    public override void Write(Utf8JsonWriter writer, Size2D value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Height);
        writer.WriteNumberValue(value.Width);
        writer.WriteEndArray();
    }

    private static int Side(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int side)
        ? side
        : throw new JsonException("A size is [height, width].");
}
