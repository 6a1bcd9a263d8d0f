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
    public static CorrelationOutput Of(SearchResult result, CorrelationReport report) => new(
        result.Space,
        report.Architectures,
        ImagesReport.Of(result.Images),
        NoticeReport.Of(result),
        report.Correlations.GroupBy(correlation => correlation.DataSet).ToDictionary(
            dataSet => dataSet.Key,
            dataSet => (IReadOnlyDictionary<string, Figures>)dataSet.ToDictionary(correlation => correlation.Score, Figures.Of)));

    public void WriteTable(TextWriter output, int? width)
    {
        (string DataSet, string Score, Figures Figures)[] rows =
            [.. Datasets.SelectMany(dataSet => dataSet.Value.Select(score => (dataSet.Key, score.Key, score.Value)))];
        TextColumn Column(string heading, Func<Figures, double> figure) =>
            new(heading, NumberColumn.Of(rows.Select(row => figure(row.Figures)), decimals: 3));
        TextColumn Interval(Func<Figures, double[]> interval) => new("95 %", [.. rows.Select(row => Text(interval(row.Figures)))]);
        new TextTable(
            [
                new TextColumn("data set", [.. rows.Select(row => ShownText.Of(row.DataSet))], IsText: true),
                new TextColumn("score", [.. rows.Select(row => row.Score)], IsText: true),
            ],
            [
                Column("Kendall τ-b", figures => figures.Kendall),
                Interval(figures => figures.KendallInterval),
                Column("Spearman ρ", figures => figures.Spearman),
                Interval(figures => figures.SpearmanInterval),
                Column("top-1 regret", figures => figures.Top1Regret),
                Column("top-10 regret", figures => figures.Top10Regret),
                Column("nDCG@10", figures => figures.Ndcg10),
                new TextColumn("not finite", NumberColumn.Of(rows.Select(row => (long)row.Figures.NotFinite))),
            ]).Write(output, width);
        output.WriteLine();
        output.WriteParagraph(
            string.Create(CultureInfo.InvariantCulture, $"{Architectures:N0} architectures of {Space}; {AccuraciesInWords()}; regret in percentage points."), width);
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
        public static Figures Of(ScoreCorrelation correlation) => new(
            correlation.Kendall.Value,
            correlation.Spearman.Value,
            [correlation.Kendall.Low, correlation.Kendall.High],
            [correlation.Spearman.Low, correlation.Spearman.High],
            correlation.Top1Regret,
            correlation.Top10Regret,
            correlation.NormalizedGain,
            correlation.NotFinite,
            correlation.Split == AccuracySplit.Test ? null : "validation");
    }
}
