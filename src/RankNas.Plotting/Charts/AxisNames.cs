using ScottPlot;
using ScottPlot.TickGenerators;

namespace RankNas.Plotting.Charts;

/// <summary>Puts names along axes, each at the middle of its unit: as many as have room.</summary>
internal static class AxisNames
{
    /// <summary>The letters of the longest name; a longer one is shortened.</summary>
    public const int MostLetters = 16;

    private const float SmallestText = 9;

    // The label of the axis, and of a plot with notes its lines.
    private const int LineHeight = 20;

    // The title, and the gaps between the lines below.
    private const int AboveAndBetween = 68;

    public static void Set(Plot plot, ChartPlan chart, int width, int height, float textSize)
    {
        if (chart.X.Names.IsEmpty)
        {
            return;
        }

        // A name takes up no more than a quarter of the picture.
        int letters = Math.Clamp((int)(Math.Min(width, height) / (4 * ChartRenderer.LetterWidth * textSize)), 4, MostLetters);
        string[] names = [.. chart.X.Names.Select(name => PictureText.Shorten(PictureText.Clean(name), letters))];
        double longest = names.Max(name => name.Length) * ChartRenderer.LetterWidth * textSize;
        double cellWidth = Math.Max(width - longest - 2 * LineHeight, 1) / names.Length;
        int lines = 1 + plot.Axes.Bottom.Label.Text.Count(letter => letter == '\n');
        bool isUpright = longest + 4 > cellWidth;
        double below = (isUpright ? longest : LineHeight) + lines * LineHeight;
        double cellHeight = Math.Max(height - below - AboveAndBetween, 1) / names.Length;
        SetAxis(plot.Axes.Left, names, cellHeight, textSize, place => names.Length - place - 0.5);
        SetAxis(plot.Axes.Bottom, names, cellWidth, textSize, place => place + 0.5);
        if (isUpright)
        {
            plot.Axes.Bottom.TickLabelStyle.Rotation = -90;
            plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
            plot.Axes.Bottom.MinimumSize = (float)(below + 8);
        }
    }

    private static void SetAxis(IAxis axis, string[] names, double cell, float textSize, Func<int, double> placeOf)
    {
        float size = Math.Min(textSize, Math.Max(SmallestText, (float)(0.8 * cell)));
        int each = Math.Max(1, (int)Math.Ceiling(1.15 * size / cell));
        (axis.Min, axis.Max) = (0, names.Length);
        axis.TickGenerator = new NumericManual([.. names.Select((name, place) => (name, place)).Where(pair => pair.place % each == 0)
            .Select(pair => new Tick(placeOf(pair.place), pair.name, isMajor: true))]);
        axis.MajorTickStyle.Length = 0;
        axis.TickLabelStyle.FontSize = size;
        axis.TickLabelStyle.FontName = PlotFont.For(string.Concat(names));
    }
}
