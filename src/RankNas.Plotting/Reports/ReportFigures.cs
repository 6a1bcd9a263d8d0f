using RankNas.Scores;

namespace RankNas.Plotting.Reports;

/// <summary>Numbers for the readers of a report.</summary>
internal static class ReportFigures
{
    public static string Score(Score score) => score.Kind switch
    {
        ScoreKind.Failed => "failed",
        ScoreKind.Infinite => score.Value > 0 ? "∞" : "−∞",
        _ => Number(score.Value),
    };

    public static string Number(double value) => double.IsNaN(value)
        ? ""
        : (Math.Abs(value) is >= 1e9 or (> 0 and < 1e-3)
            ? value.ToString("0.####e+0", CultureInfo.InvariantCulture)
            : Math.Abs(value) >= 1e5 ? value.ToString("#,0", CultureInfo.InvariantCulture) : value.ToString("G6", CultureInfo.InvariantCulture)).Replace('-', '−');

    public static string Percent(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";

    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s"),
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.0} h"),
    };

    /// <summary>Gives a text its capital letter.</summary>
    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
