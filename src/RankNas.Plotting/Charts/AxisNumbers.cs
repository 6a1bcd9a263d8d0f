namespace RankNas.Plotting.Charts;

/// <summary>Numbers at an axis: short, with k and M for thousands and millions.</summary>
internal static class AxisNumbers
{
    /// <summary>Writes a share in percent.</summary>
    public static string Percent(double share) => $"{Format(Math.Round(100 * share, 6))}\u00a0%";

    public static string Format(double value)
    {
        string text = Math.Abs(value) switch
        {
            >= 1e9 or (> 0 and < 1e-3) => value.ToString("0.##e+0", CultureInfo.InvariantCulture),
            >= 1e6 => (value / 1e6).ToString("0.###", CultureInfo.InvariantCulture) + "M",
            >= 1e5 => (value / 1e3).ToString("0.###", CultureInfo.InvariantCulture) + "k",
            >= 1e4 => value.ToString("#,0.##", CultureInfo.InvariantCulture),
            _ => value.ToString("0.####", CultureInfo.InvariantCulture),
        };
        return text.Replace('-', '−');
    }
}
