using RankNas.Reproduction;

namespace RankNas.Tool.Output;

/// <summary>Search methods' outcomes beside the published ones, as JSON and as a table.</summary>
internal sealed record MethodTable(
    int Table, string Space, string Sampling, int Initialisations, ImagesReport Images, IReadOnlyList<MethodTable.Row> Rows)
{
    private const string NotRerun = "not rerun";

    public static MethodTable Of(
        int table, string space, string sampling, int initialisations, ImagesReport images, IReadOnlyList<MethodOutcome> outcomes)
    {
        Dictionary<string, PublishedResult> published = PublishedResults.OfTable(table).ToDictionary(row => row.Method);
        return new MethodTable(table, space, sampling, initialisations, images,
        [
            .. outcomes.Select(outcome => Row.Of(outcome, published.GetValueOrDefault(outcome.Method))),
            .. published.Values.Where(row => outcomes.All(outcome => outcome.Method != row.Method)).Select(row => new Row(row.Method, 0, null, null, null, row, null)),
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
                    .. Columns($"{dataSet} validation", row => row.ValidationOf(dataSet), row => row.Accuracy?[dataSet].Validation),
                    .. Columns($"{dataSet} test", row => row.TestOf(dataSet), row => row.Accuracy?[dataSet].Test),
                    new TextColumn("published test", [.. Rows.Select(row => row.Published?.Test.GetValueOrDefault(dataSet, "") ?? "")]),
                ]),
            ]).Write(output, width);
        output.WriteLine();
        output.WriteParagraph(
            $"Accuracies in percent. {DeviationsInWords()} Seconds are of scoring on one core, or of training.", width);
        if (Sampling != SamplingOptions.Uniform)
        {
            output.WriteParagraph("Random architectures of training-free searches are drawn as the paper's authors do, and not uniformly.", width);
        }
    }

    private string DeviationsInWords() => Initialisations == 1
        ? "Mean ± standard deviation over the runs, with the mean's 95 % interval by Student's t. Runs of training-free searches share one set of scores and differ in the strategy's seed alone: "
            + "neither says anything of other weights and images, as --initialisations does."
        : string.Create(CultureInfo.InvariantCulture, $"Runs take {Initialisations} sets of scores by turns, which differ in weights and images. Mean ± standard deviation between runs of one set / ± between the ")
            + "means of the sets; the mean's 95 % interval is by Student's t over the sets. Searches that see no scores have one deviation, and an interval over their runs.";

    private IEnumerable<TextColumn> Columns(string heading, Func<Row, string> cell, Func<Row, AccuracyMean?> mean)
    {
        string[] cells = [.. Rows.Select(cell)];
        AccuracyMean?[] means = [.. Rows.Select(mean)];
        return
        [
            .. Array.Exists(cells, text => text.Length > 0) ? (TextColumn[])[new TextColumn(heading, cells)] : [],
            .. Array.Exists(means, own => own?.Low is not null) ? (TextColumn[])[new TextColumn("95 %", [.. means.Select(Interval)])] : [],
        ];
    }

    private static string Interval(AccuracyMean? mean) =>
        mean?.Low is { } low ? string.Create(CultureInfo.InvariantCulture, $"{low:0.00} … {mean.High:0.00}") : "";

    private static string Text(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>One method.</summary>
    internal sealed record Row(
        string Method,
        int Runs,
        double? Architectures,
        double? Seconds,
        IReadOnlyDictionary<string, AccuracySummary>? Accuracy,
        PublishedResult? Published,
        IReadOnlyList<RunReport>? Results)
    {
        public static Row Of(MethodOutcome outcome, PublishedResult? published) =>
            new(outcome.Method, outcome.Runs, outcome.MeanEvaluations, outcome.MeanSeconds, outcome.Accuracies, published, ResultsOf(outcome));

        public string ValidationOf(string dataSet) => Accuracy is { } own
            ? Cell(own[dataSet].Validation)
            : Published?.Validation.GetValueOrDefault(dataSet, "") ?? "";

        public string TestOf(string dataSet) => Accuracy is { } own ? Cell(own[dataSet].Test) : "";

        private static IReadOnlyList<RunReport> ResultsOf(MethodOutcome outcome)
        {
            bool hasSets = outcome.Results.Any(run => run.Seeds.Initialisation > 0);
            return [.. outcome.Results.Select(run => new RunReport(
                run.Seeds.Strategy, hasSets ? run.Seeds.Initialisation : null, run.Best.Text, null, RunReport.Accuracies(run.Accuracies)))];
        }

        private static string Cell(AccuracyMean? known)
        {
            if (known is not { } mean)
            {
                return "";
            }

            string within = mean.Deviation is { } deviation ? string.Create(CultureInfo.InvariantCulture, $"±{deviation:0.00}") : "";
            string between = mean.DeviationBetweenSets is { } sets ? string.Create(CultureInfo.InvariantCulture, $"/±{sets:0.00}") : "";
            return string.Create(CultureInfo.InvariantCulture, $"{mean.Mean:0.00}{within}{between}");
        }
    }
}
