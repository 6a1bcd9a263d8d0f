using RankNas.Files;
using RankNas.Fitting;

namespace RankNas.Tool.Output;

/// <summary>A picture's prediction as JSON, and as people read it.</summary>
internal sealed record PredictionReport(string Picture, IReadOnlyList<PredictionReport.Class> Classes)
{
    public static PredictionReport Of(string picture, Prediction prediction, int top) =>
        new(picture, [.. prediction.Classes.Take(top).Select(one => new Class(one.Name, one.Probability))]);

    public static void Write(TextWriter output, PredictionReport[] reports, int? width)
    {
        foreach (PredictionReport report in reports)
        {
            output.WriteLine($"{ShownText.Of(report.Picture)}: {string.Join(", ", report.Classes.Select(one => string.Create(CultureInfo.InvariantCulture, $"{ShownText.Of(one.Name)} {one.Probability * 100:F1} %")))}");
        }
    }

    internal sealed record Class(string Name, double Probability);
}
