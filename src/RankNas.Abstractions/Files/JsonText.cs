using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RankNas.Files;

/// <summary>Reads JSON of strangers.</summary>
internal static class JsonText
{
    /// <summary>Reads a value, and has one kind of exception for whatever is wrong with the text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="type">What it holds.</param>
    /// <param name="what">What it should be, for people: <c>an evaluation request</c>.</param>
    /// <param name="check">Throws <see cref="FormatException"/> where the parts do not fit each other.</param>
    /// <exception cref="InvalidDataException">It is no such thing; the message says where and why.</exception>
    public static T Read<T>(string json, JsonTypeInfo<T> type, string what, Action<T> check)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            T value = JsonSerializer.Deserialize(json, type) ?? throw new FormatException("it is null");
            check(value);
            return value;
        }
        catch (JsonException exception)
        {
            // .NET's messages end with a place, which goes on where it is unreadable.
            string reason = exception.Message.Split(" Path: ", 2)[0].TrimEnd('.');
            throw Malformed(FormattableString.Invariant($"{reason} (line {(exception.LineNumber ?? 0) + 1}, {exception.Path ?? "$"})"), exception);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw Malformed(exception.Message.TrimEnd('.'), exception);
        }

        InvalidDataException Malformed(string reason, Exception exception) =>
            new($"This is not {what}: {ShownText.OneLine(reason, 2 * ShownText.LineLength)}.", exception);
    }
}
