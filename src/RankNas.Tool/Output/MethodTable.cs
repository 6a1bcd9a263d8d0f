using System.Globalization;
using Spectre.Console;

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

    public void WriteTable(TextWriter output)
    {
        string[] dataSets = [.. Rows.SelectMany(row => row.Accuracy?.Keys ?? []).Distinct()];
        var table = new Table { Border = TableBorder.Markdown };
        table.AddColumns(["method", "runs", "architectures", "seconds", .. dataSets.SelectMany(dataSet => (string[])[$"{dataSet} validation", $"{dataSet} test", "published test"])]);
        foreach (Row row in Rows)
        {
            table.AddRow(
            [
                row.Method,
                row.Accuracy is null ? NotRerun : Text(row.Runs),
                row.Architectures is { } architectures ? Text(Math.Round(architectures)) : "",
                row.Seconds is { } seconds ? Text(Math.Round(seconds)) : row.Published?.SearchSeconds is { } own ? Text(own) : "",
                .. dataSets.SelectMany(row.Cells),
            ]);
        }

        Consoles.On(output).Write(table);
        output.WriteLine("Accuracies in percent, mean ± standard deviation over the runs. Seconds are of scoring on one core, or of training.");
    }

    private static string Text(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>One method.</summary>
    internal sealed record Row(
        string Method, int Runs, double? Architectures, double? Seconds, IReadOnlyDictionary<string, AccuracySummary>? Accuracy, PublishedResult? Published)
    {
        public static Row Of(MethodOutcome outcome, PublishedResult? published) =>
            new(outcome.Method, outcome.Runs, outcome.MeanEvaluations, outcome.MeanSeconds, outcome.Accuracies, published);

        public IEnumerable<string> Cells(string dataSet) =>
        [
            Accuracy is { } own ? Cell(own[dataSet].ValidationMean, own[dataSet].ValidationDeviation) : Published?.Validation.GetValueOrDefault(dataSet, "") ?? "",
            Accuracy is { } mine ? Cell(mine[dataSet].TestMean, mine[dataSet].TestDeviation) : "",
            Published?.Test.GetValueOrDefault(dataSet, "") ?? "",
        ];

        private static string Cell(double? known, double? deviation) => known is not { } mean ? "" : deviation is not { } spread || double.IsNaN(spread)
            ? mean.ToString("0.00", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{mean:0.00}±{spread:0.00}");
    }
}
