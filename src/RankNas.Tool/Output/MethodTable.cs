using RankNas.Reproduction;

namespace RankNas.Tool.Output;

/// <summary>Search methods' outcomes beside the published ones, as JSON and as a table.</summary>
internal sealed record MethodTable(int Table, string Space, ImagesReport Images, IReadOnlyList<MethodTable.Row> Rows)
{
    private const string NotRerun = "not rerun";

    public static MethodTable Of(int table, string space, ImagesReport images, IReadOnlyList<MethodOutcome> outcomes)
    {
        Dictionary<string, PublishedResult> published = PublishedResults.OfTable(table).ToDictionary(row => row.Method);
        return new MethodTable(table, space, images,
        [
            .. outcomes.Select(outcome => Row.Of(outcome, published.GetValueOrDefault(outcome.Method))),
            .. published.Values.Where(row => outcomes.All(outcome => outcome.Method != row.Method)).Select(row => new Row(row.Method, 0, null, null, null, row)),
        ]);
    }

    public void WriteTable(TextWriter output, int? width)
    {
        string[] dataSets = [.. Rows.SelectMany(row => row.Accuracy?.Keys ?? []).Distinct()];
        new TextTable(
            [new TextColumn("method", [.. Rows.Select(row => row.Method)], IsText: true)],
            [
                new TextColumn("runs", [.. Rows.Select(row => row.Accuracy is null ? NotRerun : Text(row.Runs))]),
                new TextColumn("architectures", [.. Rows.Select(row => row.Architectures is { } architectures ? Text(Math.Round(architectures)) : "")]),
                new TextColumn("seconds", [.. Rows.Select(row => row.Seconds is { } seconds
                    ? Text(Math.Round(seconds))
                    : row.Published?.SearchSeconds is { } own ? Text(Math.Round(own)) : "")]),
                .. dataSets.SelectMany(dataSet => (TextColumn[])
                [
                    new TextColumn($"{dataSet} validation", [.. Rows.Select(row => row.ValidationOf(dataSet))]),
                    new TextColumn($"{dataSet} test", [.. Rows.Select(row => row.TestOf(dataSet))]),
                    new TextColumn("published test", [.. Rows.Select(row => row.Published?.Test.GetValueOrDefault(dataSet, "") ?? "")]),
                ]),
            ]).Write(output, width);
        output.WriteLine();
        output.WriteParagraph(
            "Accuracies in percent, mean ± standard deviation over the runs. Seconds are of scoring on one core, or of training.", width);
    }

    private static string Text(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>One method.</summary>
    internal sealed record Row(
        string Method, int Runs, double? Architectures, double? Seconds, IReadOnlyDictionary<string, AccuracySummary>? Accuracy, PublishedResult? Published)
    {
        public static Row Of(MethodOutcome outcome, PublishedResult? published) =>
            new(outcome.Method, outcome.Runs, outcome.MeanEvaluations, outcome.MeanSeconds, outcome.Accuracies, published);

        public string ValidationOf(string dataSet) => Accuracy is { } own
            ? Cell(own[dataSet].ValidationMean, own[dataSet].ValidationDeviation)
            : Published?.Validation.GetValueOrDefault(dataSet, "") ?? "";

        public string TestOf(string dataSet) => Accuracy is { } own ? Cell(own[dataSet].TestMean, own[dataSet].TestDeviation) : "";

        private static string Cell(double? known, double? deviation) => known is not { } mean ? "" : deviation is not { } spread || double.IsNaN(spread)
            ? mean.ToString("0.00", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{mean:0.00}±{spread:0.00}");
    }
}
