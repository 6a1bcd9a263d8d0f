using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RankNas.Tool.Output;

/// <summary>JSON on standard output, and nothing else there.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Infinite scores are the strings "Infinity" and "-Infinity", as JSON has no word for them.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        // Architectures hold bars and tildes, which need no escapes outside of HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public const string OptionName = "--json";

    public static Option<bool> CreateOption() => new(OptionName) { Description = "Writes JSON to standard output, and nothing else there." };

    /// <summary>Writes a report as JSON where that is asked for, else as people read it.</summary>
    public static void WriteOr<T>(TextWriter output, bool json, T report, Action<TextWriter, T, int?> writeForPeople)
    {
        if (json)
        {
            Write(output, report);
        }
        else
        {
            writeForPeople(output, report, Consoles.WidthOf(output));
        }
    }

    // At once, so that a reader has all of it or nothing.
    public static void Write<T>(TextWriter output, T value) => output.WriteLine(JsonSerializer.Serialize(value, Options));
}
