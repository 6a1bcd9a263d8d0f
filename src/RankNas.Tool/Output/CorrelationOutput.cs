using System.Globalization;
using Spectre.Console;

namespace RankNas.Tool.Output;

/// <summary>Correlations as JSON and as a table.</summary>
internal sealed record CorrelationOutput(
    string Space, int Architectures, ImagesReport Images, IReadOnlyDictionary<string, IReadOnlyDictionary<string, CorrelationOutput.Figures>> Datasets)
{
    public static CorrelationOutput Of(SearchResult result, CorrelationReport report) => new(
        result.Space,
        report.Architectures,
        ImagesReport.Of(result.Images),
        report.Correlations.GroupBy(correlation => correlation.DataSet).ToDictionary(
            dataSet => dataSet.Key,
            dataSet => (IReadOnlyDictionary<string, Figures>)dataSet.ToDictionary(correlation => correlation.Score, Figures.Of)));

    public void WriteTable(TextWriter output)
    {
        var table = new Table { Border = TableBorder.Markdown };
        table.AddColumns("data set", "score", "Kendall τ-b", "95 %", "Spearman ρ", "95 %", "top-1 regret", "top-10 regret", "nDCG@10", "not finite");
        foreach ((string dataSet, IReadOnlyDictionary<string, Figures> scores) in Datasets)
        {
            foreach ((string score, Figures figures) in scores)
            {
                table.AddRow(
                    ShownText.Of(dataSet), score, Text(figures.Kendall), Text(figures.KendallInterval), Text(figures.Spearman), Text(figures.SpearmanInterval),
                    Text(figures.Top1Regret), Text(figures.Top10Regret), Text(figures.Ndcg10), figures.NotFinite.ToString(CultureInfo.InvariantCulture));
            }
        }

        Consoles.On(output).Write(table);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Architectures:N0} architectures of {Space}; {AccuraciesInWords()}; regret in percentage points."));
    }

    private string AccuraciesInWords()
    {
        string[] validation = [.. Datasets.Where(set => set.Value.Values.Any(figures => figures.Accuracies is not null)).Select(set => ShownText.Of(set.Key))];
        return validation.Length == 0 ? "test accuracies" : $"test accuracies, but validation accuracies of {string.Join(", ", validation)}, which has no others";
    }

    private static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Text(double[] interval) => $"{Text(interval[0])} … {Text(interval[1])}";

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
