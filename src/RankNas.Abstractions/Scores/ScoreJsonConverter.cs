using System.Text.Json;
using System.Text.Json.Serialization;

namespace RankNas.Scores;

/// <summary>Writes a score as JSON: a number, <c>"Infinity"</c>, <c>"-Infinity"</c>, or <c>{"failure": "…", "transient": true}</c>.</summary>
public sealed class ScoreJsonConverter : JsonConverter<Score>
{
    private const string Failure = "failure";
    private const string Transient = "transient";
    private const string Infinity = "Infinity";
    private const string NegativeInfinity = "-Infinity";

    /// <inheritdoc/>
    public override Score Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetDouble(out double value) && double.IsFinite(value) => Score.Of(value),
        JsonTokenType.String when reader.ValueTextEquals(Infinity) => Score.Of(double.PositiveInfinity),
        JsonTokenType.String when reader.ValueTextEquals(NegativeInfinity) => Score.Of(double.NegativeInfinity),
        JsonTokenType.StartObject => ReadFailure(ref reader),
        _ => throw Malformed(),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Score value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        switch (value.Kind)
        {
            case ScoreKind.Finite:
                writer.WriteNumberValue(value.Value);
                break;
            case ScoreKind.Infinite:
                writer.WriteStringValue(value.Value > 0 ? Infinity : NegativeInfinity);
                break;
            default:
                writer.WriteStartObject();
                writer.WriteString(Failure, value.Failure);
                if (value.IsTransient)
                {
                    writer.WriteBoolean(Transient, true);
                }

                writer.WriteEndObject();
                break;
        }
    }

    private static Score ReadFailure(ref Utf8JsonReader reader)
    {
        (string? failure, bool isTransient) = (null, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isFailure = reader.ValueTextEquals(Failure);
            bool isKnown = isFailure || reader.ValueTextEquals(Transient);
            reader.Read();
            if (isFailure && failure is null && reader.TokenType == JsonTokenType.String)
            {
                failure = reader.GetString();
            }
            else if (!isFailure && isKnown && reader.TokenType is JsonTokenType.True or JsonTokenType.False)
            {
                isTransient = reader.GetBoolean();
            }
            else
            {
                throw Malformed();
            }
        }

        return string.IsNullOrWhiteSpace(failure) ? throw Malformed() : Score.Failed(failure, isTransient);
    }

    private static JsonException Malformed() => new("A score is a number, \"Infinity\", \"-Infinity\", or {\"failure\": \"…\"}.");
}
