using RankNas.Proxies;

namespace RankNas.Plotting.Charts;

/// <summary>An axis.</summary>
/// <param name="Label">What it shows.</param>
/// <param name="IsCount">Whether its numbers are counts.</param>
/// <param name="IsLogarithmic">Whether it goes by powers of ten.</param>
/// <param name="Better">Which end is better; null where neither is.</param>
/// <param name="IsShare">Whether its numbers are shares, which are written in percent.</param>
internal sealed record ChartAxis(string Label, bool IsCount = false, bool IsLogarithmic = false, ScoreDirection? Better = null, bool IsShare = false)
{
    /// <summary>Gets the names along the axis, from left to right or from top to bottom, one for each unit; empty where it has numbers.</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>Gets the least room beyond the first and the last value, in the axis's own units.</summary>
    public double LeastMargin { get; init; }

    /// <summary>Gets the label with which end is better, in lines of so many letters: one line if that is enough, else two.</summary>
    public string Text(int length) => Better switch
    {
        ScoreDirection.HigherIsBetter => Directed("higher is better", length),
        ScoreDirection.LowerIsBetter => Directed("lower is better", length),
        _ => PictureText.Shorten(PictureText.Clean(Label), length),
    };

    private string Directed(string better, int length)
    {
        string label = PictureText.Clean(Label);
        return label.Length + better.Length + 3 <= length ? $"{label} ({better})" : $"{PictureText.Shorten(label, length)}\n({better})";
    }
}
