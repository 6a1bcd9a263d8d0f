using System.Globalization;
using System.Text.Json;

namespace RankNas.Storage.Sqlite;

/// <summary>Scores as rows of CSV and as lines of JSON.</summary>
internal static class ScoreRows
{
    // A line holds a score: its longest text is the reason of a failure.
    private const int MostLineCharacters = 256 * 1024;

    private const string Numerics = "Numerics";

    private static readonly string[] Names =
    [
        "Space", "Architecture", "Proxy", "Settings", "Kind", "Value", "Failure", "Seconds", "Shape", "Images", "Initialization", "Precision", "Device", "Seed", "Repeat", Numerics,
    ];

    public static string CsvHeader { get; } = string.Join(',', Names);

    public static string ToCsv(StoredScore score)
    {
        ScoreRecord record = ScoreRecord.Of(score);
        string?[] fields =
        [
            record.Space, record.Architecture, record.Proxy, record.Settings, record.Kind, record.Value, record.Failure, record.Seconds.ToString("R", CultureInfo.InvariantCulture),
            record.Shape, record.Images, record.Initialization, record.Precision, record.Device, record.Seed.ToString(CultureInfo.InvariantCulture),
            record.Repeat.ToString(CultureInfo.InvariantCulture), record.Numerics,
        ];
        return string.Join(',', fields.Select(Quote));
    }

    public static string ToJson(StoredScore score) => JsonSerializer.Serialize(ScoreRecord.Of(score), StoreJson.Default.ScoreRecord);

    /// <summary>Reads the scores of a CSV file, one by one; its columns are in any order, and that of the numerics may be missing.</summary>
    /// <exception cref="FormatException">A row is none.</exception>
    public static IEnumerable<StoredScore> ReadCsv(TextInput text)
    {
        var rows = new CsvRows(text);
        bool hasNumerics = rows.Header.Contains(Numerics);
        if (rows.Header.Count != (hasNumerics ? Names.Length : Names.Length - 1) || !Names.All(name => name == Numerics || rows.Header.Contains(name)))
        {
            throw rows.Refuse($"the header is '{rows.ShownHeader}', and not '{CsvHeader}'");
        }

        while (rows.Read())
        {
            yield return Read(rows, hasNumerics);
        }
    }

    /// <summary>Reads the scores of a file of JSON lines, one by one.</summary>
    /// <inheritdoc cref="ReadCsv"/>
    public static IEnumerable<StoredScore> ReadJsonLines(TextInput text)
    {
        for (int number = text.Line; text.ReadLine(MostLineCharacters) is { } line; number = text.Line)
        {
            // As in CSV, blank lines say nothing.
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Read(line, number);
            }
        }
    }

    private static StoredScore Read(CsvRows rows, bool hasNumerics)
    {
        var record = new ScoreRecord(
            rows["Space"], rows["Architecture"], rows["Proxy"], rows["Settings"], rows["Kind"], rows["Value"], rows["Failure"],
            double.TryParse(rows["Seconds"], NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) ? seconds : throw rows.Refuse("Seconds", "is no number"),
            rows["Shape"], rows["Images"], rows["Initialization"], rows["Precision"], rows["Device"],
            long.TryParse(rows["Seed"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seed) ? seed : throw rows.Refuse("Seed", "is no whole number of 64 bits"),
            int.TryParse(rows["Repeat"], NumberStyles.None, CultureInfo.InvariantCulture, out int repeat) ? repeat : throw rows.Refuse("Repeat", "is no whole number from 0"),
            hasNumerics ? rows[Numerics] : ScoreScope.UnknownNumerics);
        try
        {
            return record.ToStoredScore();
        }
        catch (FormatException exception)
        {
            throw rows.Refuse(exception.Message);
        }
    }

    private static StoredScore Read(string line, int number)
    {
        try
        {
            ScoreRecord record = JsonSerializer.Deserialize(line, StoreJson.Default.ScoreRecord) ?? throw new FormatException("null is no score");
            return record.ToStoredScore();
        }
        catch (JsonException exception)
        {
            throw new FormatException(FormattableString.Invariant($"line {number}: {Reason(exception)}"), exception);
        }
        catch (FormatException exception)
        {
            throw new FormatException(FormattableString.Invariant($"line {number}: {ShownText.Of(exception.Message, ShownText.LineLength)}"), exception);
        }
    }

    // .NET's messages name its own types, and end with a place that takes every line for the first one.
    private static string Reason(JsonException exception) => exception.Message.Contains(nameof(ScoreRecord), StringComparison.Ordinal)
        ? "this is no object with the fields of a score, each of its kind and once"
        : FormattableString.Invariant($"byte {(exception.BytePositionInLine ?? 0) + 1}: {ShownText.Of(exception.Message.Split(" Path: ", 2)[0].TrimEnd('.'), ShownText.LineLength)}");

    private static string Quote(string? field) => field is null || field.AsSpan().IndexOfAny("\",\n\r ") < 0
        ? field ?? ""
        : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
