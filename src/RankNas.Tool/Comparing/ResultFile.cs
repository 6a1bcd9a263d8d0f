using System.Text.Json;
using RankNas.Files;

namespace RankNas.Tool.Comparing;

/// <summary>Reads the runs of a file that <c>search</c>, <c>study</c> or <c>reproduce</c> has written with <c>--json</c>.</summary>
internal static class ResultFile
{
    private const long MostBytes = 1L << 30;

    /// <exception cref="UsageException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no result, or has no accuracies.</exception>
    public static IReadOnlyList<ComparedRun> Read(string path)
    {
        string shown = ShownText.Of(path, ShownText.LineLength);
        if (PathProblem.Of(path, PathUse.Input) is { } problem)
        {
            throw new UsageException($"{problem}: write a file that search, study or reproduce wrote with --json.");
        }

        try
        {
            using FileStream file = InputFile.Open(path, "a file that search, study or reproduce wrote with --json", MostBytes);
            using var document = JsonDocument.Parse(file);
            ComparedRun[] runs = [.. RunsOf(path, document.RootElement)];
            return runs.Length == 0 ? throw new FormatException("it has no runs")
                : runs.Any(run => run.Accuracies.Count == 0)
                    ? throw new InvalidDataException($"'{shown}' has no accuracies of what its runs found: write it again with --benchmark.")
                : runs;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UsageException(exception.Message);
        }
        catch (JsonException exception)
        {
            throw NotAResult(FormattableString.Invariant($"line {(exception.LineNumber ?? 0) + 1} is no JSON"), exception);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw NotAResult(exception is FormatException ? exception.Message : "a part is missing or of another kind", exception);
        }

        InvalidDataException NotAResult(string reason, Exception exception) =>
            new($"'{shown}' is no result that search, study or reproduce wrote with --json: {reason}.", exception);
    }

    private static IEnumerable<ComparedRun> RunsOf(string path, JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Array => root.EnumerateArray().SelectMany(
            row => RowOf(path, row.GetProperty("space").GetString(), row.GetProperty("strategy").GetString()!, row)),
        JsonValueKind.Object when root.TryGetProperty("rows", out JsonElement rows) => rows.EnumerateArray().Where(row => row.TryGetProperty("results", out _)).SelectMany(
            row => RowOf(path, root.GetProperty("space").GetString(), row.GetProperty("method").GetString()!, row)),
        JsonValueKind.Object when root.TryGetProperty("ranked", out _) => [SearchOf(path, root)],
        _ => throw new FormatException("it has neither runs nor a ranking"),
    };

    private static IEnumerable<ComparedRun> RowOf(string path, string? space, string method, JsonElement row) =>
        row.GetProperty("results").EnumerateArray().Select(run => new ComparedRun(
            path, space, new MethodName(method), run.GetProperty("seed").GetInt64(), NumberOf(run, "initialisation"), AccuraciesOf(run)));

    private static ComparedRun SearchOf(string path, JsonElement search)
    {
        if (search.GetProperty("end").GetString() == "cancelled" || !search.TryGetProperty("best", out JsonElement best))
        {
            throw new FormatException("the search was cancelled, and has not had its budget");
        }

        JsonElement images = search.GetProperty("images");
        long seed = search.GetProperty("seed").GetInt64();
        var method = new MethodName(
            search.GetProperty("strategy").GetString()!,
            string.Join(" + ", best.GetProperty("scores").EnumerateObject().Concat(FailuresOf(best)).Select(score => score.Name)),
            search.GetProperty("aggregator").GetString()!,
            string.Create(CultureInfo.InvariantCulture, $"budget {search.GetProperty("budget").GetInt64():N0}"),
            string.Join(", ", ConstraintsOf(search)),
            string.Create(CultureInfo.InvariantCulture, $"{images.GetProperty("batch").GetInt32():N0} images {images.GetProperty("fingerprint").GetString()}"));
        return new ComparedRun(path, search.GetProperty("space").GetString(), method, NumberOf(search, "strategySeed") ?? seed, seed, AccuraciesOf(best));
    }

    private static IEnumerable<JsonProperty> FailuresOf(JsonElement best) =>
        best.TryGetProperty("failures", out JsonElement failures) ? failures.EnumerateObject() : [];

    private static IEnumerable<string?> ConstraintsOf(JsonElement search) =>
        search.TryGetProperty("constraints", out JsonElement constraints) ? constraints.EnumerateArray().Select(constraint => constraint.GetString()) : [];

    private static long? NumberOf(JsonElement parent, string name) => parent.TryGetProperty(name, out JsonElement number) ? number.GetInt64() : null;

    private static Dictionary<string, AccuracyReport> AccuraciesOf(JsonElement run) => run.TryGetProperty("accuracy", out JsonElement accuracies)
        ? accuracies.EnumerateObject().ToDictionary(
            dataSet => dataSet.Name, dataSet => new AccuracyReport(PercentOf(dataSet.Value, "validation"), PercentOf(dataSet.Value, "test")))
        : [];

    private static double? PercentOf(JsonElement accuracy, string split) => !accuracy.TryGetProperty(split, out JsonElement value) ? null
        : value.GetDouble() is var percent and >= 0 and <= 100 ? percent
        : throw new FormatException("an accuracy is not from 0 to 100 %");
}
