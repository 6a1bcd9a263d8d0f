using RankNas.Evaluation;
using RankNas.Files;

namespace RankNas.Tool.Output;

/// <summary>Correlations as JSON and as a table.</summary>
internal sealed record CorrelationOutput(
    string Space,
    int Architectures,
    ImagesReport Images,
    IReadOnlyList<NoticeReport> Notices,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, CorrelationOutput.Figures>> Datasets)
{
    /// <summary>Gets what the figures are means over; null where they are of one sample and one set of scores.</summary>
    public string? MeansOver { get; init; }

    /// <summary>Gets how the architectures were drawn; null where they are all or drawn uniformly.</summary>
    public string? Drawn { get; init; }

    /// <summary>Gets how the authors' samples were drawn that the figures are set beside; null without them.</summary>
    public string? AuthorsSampling { get; init; }

    public static CorrelationOutput Of(SearchResult result, CorrelationReport report, CorrelationReport? authors = null) => new(
        result.Space,
        report.Architectures,
        ImagesReport.Of(result.Images),
        NoticeReport.Of(result),
        report.Correlations.GroupBy(correlation => correlation.DataSet).ToDictionary(
            dataSet => dataSet.Key,
            dataSet => (IReadOnlyDictionary<string, Figures>)dataSet.ToDictionary(
                correlation => correlation.Score,
                correlation => Figures.Of(correlation) with
                {
                    AuthorsSampling = authors?.Correlations.Single(other => (other.DataSet, other.Score) == (correlation.DataSet, correlation.Score)) is { } own ? Figures.Of(own) : null,
                })));

    public void WriteTable(TextWriter output, int? width)
    {
        (string DataSet, string Score, Figures Figures)[] rows =
            [.. Datasets.SelectMany(dataSet => dataSet.Value.Select(score => (dataSet.Key, score.Key, score.Value)))];
        TextColumn Column(string heading, Func<Figures, double> figure) =>
            new(heading, NumberColumn.Of(rows.Select(row => figure(row.Figures)), decimals: 3));
        TextColumn Interval(Func<Figures, double[]> interval) => new("95 %", [.. rows.Select(row => Text(interval(row.Figures)))]);
        TextColumn[] Deviation(Func<Figures, double?> deviation) => rows.All(row => deviation(row.Figures) is null) ? []
            : [new TextColumn("±", NumberColumn.Of(rows.Select(row => deviation(row.Figures)), decimals: 3))];
        TextColumn[] authors = AuthorsSampling is null ? [] :
        [
            Column("τ-b, authors' sampling", figures => figures.AuthorsSampling!.Kendall),
            .. Deviation(figures => figures.AuthorsSampling!.KendallDeviation),
            .. rows.All(row => row.Figures.AuthorsSampling!.KendallDeviation is null) ? (TextColumn[])[] : [Interval(figures => figures.AuthorsSampling!.KendallInterval)],
        ];
        new TextTable(
            [
                new TextColumn("data set", [.. rows.Select(row => ShownText.Of(row.DataSet))], IsText: true),
                new TextColumn("score", [.. rows.Select(row => row.Score)], IsText: true),
            ],
            [
                Column("Kendall τ-b", figures => figures.Kendall),
                .. Deviation(figures => figures.KendallDeviation),
                Interval(figures => figures.KendallInterval),
                .. authors,
                Column("Spearman ρ", figures => figures.Spearman),
                .. Deviation(figures => figures.SpearmanDeviation),
                Interval(figures => figures.SpearmanInterval),
                Column("top-1 regret", figures => figures.Top1Regret),
                Column("top-10 regret", figures => figures.Top10Regret),
                Column("nDCG@10", figures => figures.Ndcg10),
                new TextColumn("not finite", NumberColumn.Of(rows.Select(row => (long)row.Figures.NotFinite))),
            ]).Write(output, width);
        output.WriteLine();
        output.WriteParagraph(
            string.Create(CultureInfo.InvariantCulture, $"{Architectures:N0} architectures of {Space}{(Drawn is null ? "" : $", {Drawn}")}; {AccuraciesInWords()}; regret in percentage points."), width);
        if (MeansOver is not null)
        {
            output.WriteParagraph($"Means over {MeansOver}; ± is the standard deviation over them, 95 % the interval of the mean by Student's t.", width);
        }

        if (AuthorsSampling is not null)
        {
            output.WriteParagraph($"Authors' sampling: {AuthorsSampling}; ± and 95 % are over these.", width);
        }

        NoticeReport.Write(output, Notices, width);
    }

    private string AccuraciesInWords()
    {
        string[] validation = [.. Datasets.Where(set => set.Value.Values.Any(figures => figures.Accuracies is not null)).Select(set => ShownText.Of(set.Key))];
        return validation.Length == 0 ? "test accuracies" : $"test accuracies, but validation accuracies of {string.Join(", ", validation)}, which has no others";
    }

    private static string Text(double[] interval) => string.Create(CultureInfo.InvariantCulture, $"{interval[0]:0.000} … {interval[1]:0.000}");

    /// <summary>How well one score agrees with the accuracies on one data set; <c>Accuracies</c> is null where they are on the test set.</summary>
    internal sealed record Figures(
        double Kendall,
        double Spearman,
        double[] KendallInterval,
        double[] SpearmanInterval,
        double Top1Regret,
        double Top10Regret,
        double Ndcg10,
        int NotFinite,
        string? Accuracies)
    {
        public double? KendallDeviation { get; init; }

        public double? SpearmanDeviation { get; init; }

        public Figures? AuthorsSampling { get; init; }

        public static Figures Of(ScoreCorrelation correlation) => new(
            correlation.Kendall.Value,
            correlation.Spearman.Value,
            [correlation.Kendall.Low, correlation.Kendall.High],
            [correlation.Spearman.Low, correlation.Spearman.High],
            correlation.Top1Regret,
            correlation.Top10Regret,
            correlation.NormalizedGain,
            correlation.NotFinite,
            correlation.Split == AccuracySplit.Test ? null : "validation")
        {
            KendallDeviation = correlation.KendallDeviation,
            SpearmanDeviation = correlation.SpearmanDeviation,
        };
    }
}
