using System.Text;

namespace RankNas.Training;

/// <summary>Metrics for people.</summary>
internal static class MetricsText
{
    private const int MostConfusions = 10;

    public static string Of(ClassificationMetrics metrics)
    {
        var text = new StringBuilder();
        Line(text, $"{metrics.Images:N0} images: accuracy {Percent(metrics.Accuracy)}, top 5 {Percent(metrics.TopFiveAccuracy)}, loss {metrics.Loss:F4}, macro F1 {metrics.MacroF1:F4}");
        int width = Math.Max(5, metrics.Classes.Max(one => one.Name.Length));
        Line(text, $"{"class".PadRight(width)}  images  precision  recall      F1");
        foreach (ClassMetrics one in metrics.Classes)
        {
            Line(text, $"{one.Name.PadRight(width)}  {one.Images,6}  {Percent(one.Precision),9}  {Percent(one.Recall),6}  {one.F1,6:F4}");
        }

        foreach ((int truth, int predicted, int count) in Confusions(metrics))
        {
            Line(text, $"{count} of {metrics.Classes[truth].Images} {metrics.Classes[truth].Name} taken for {metrics.Classes[predicted].Name}");
        }

        return text.ToString();
    }

    private static IEnumerable<(int Truth, int Predicted, int Count)> Confusions(ClassificationMetrics metrics) =>
        metrics.ConfusionMatrix.SelectMany((row, truth) => row.Select((count, predicted) => (Truth: truth, Predicted: predicted, Count: count)))
            .Where(cell => cell.Truth != cell.Predicted && cell.Count > 0)
            .OrderByDescending(cell => cell.Count).ThenBy(cell => cell.Truth).ThenBy(cell => cell.Predicted).Take(MostConfusions);

    private static string Percent(double share) => (100 * share).ToString("F1", CultureInfo.InvariantCulture) + "%";

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
