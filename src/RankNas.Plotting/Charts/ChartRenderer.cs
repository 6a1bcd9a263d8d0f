using System.Collections.Immutable;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace RankNas;

/// <summary>Draws charts by ScottPlot. Every drawing has a plot of its own.</summary>
internal static class ChartRenderer
{
    public const float TitleSize = 17;

    private const float TextSize = 13;
    private const double Margin = 0.04;

    public static byte[] ToPng(ChartPlan chart, PictureTheme theme, int width, int height)
    {
        using Plot plot = Draw(chart, theme);
        return plot.GetImageBytes(width, height, ImageFormat.Png);
    }

    public static string ToSvg(ChartPlan chart, PictureTheme theme, int width, int height)
    {
        using Plot plot = Draw(chart, theme);
        return plot.GetSvgXml(width, height);
    }

    private static Plot Draw(ChartPlan chart, PictureTheme theme)
    {
        var plot = new Plot();
        foreach (ChartLayer layer in chart.Layers)
        {
            Add(plot, layer, chart, theme);
        }

        SetColors(plot, theme);
        SetTexts(plot, chart, theme);
        SetAxis(plot.Axes.Bottom, chart.X, chart.Layers.SelectMany(layer => layer.Extent).Select(point => point.X));
        SetAxis(plot.Axes.Left, chart.Y, chart.Layers.SelectMany(layer => layer.Extent).Select(point => point.Y),
            startAtZero: chart.Layers.Any(layer => layer is ChartLayer.Columns));
        SetLegend(plot, chart, theme);
        return plot;
    }

    private static void Add(Plot plot, ChartLayer layer, ChartPlan chart, PictureTheme theme)
    {
        Color color = ColorOf(layer, theme);
        switch (layer)
        {
            case ChartLayer.Points points:
                var cloud = plot.Add.ScatterPoints(Xs(points.Marks, chart), Ys(points.Marks, chart), color.WithAlpha(points.Opacity));
                cloud.MarkerSize = (float)points.Size;
                break;
            case ChartLayer.Steps steps:
                var line = plot.Add.ScatterLine(Xs(steps.Marks, chart), Ys(steps.Marks, chart), color);
                line.ConnectStyle = ConnectStyle.StepHorizontal;
                line.LineWidth = 2;
                break;
            case ChartLayer.Columns columns:
                foreach (ChartColumn column in columns.Marks.Where(column => column.Height > 0))
                {
                    var bar = plot.Add.Rectangle(column.Left, column.Right, 0, column.Height);
                    bar.FillColor = color.WithAlpha(0.75);
                    bar.LineColor = Color.FromHex(theme.Background);
                    bar.LineWidth = 1;
                }

                break;
        }
    }

    private static Color ColorOf(ChartLayer layer, PictureTheme theme) =>
        Color.FromHex(layer.Color == ChartColor.Accent ? theme.Accent : theme.Primary);

    private static double[] Xs(ImmutableArray<ChartPoint> points, ChartPlan chart) => [.. points.Select(point => Place(point.X, chart.X))];

    private static double[] Ys(ImmutableArray<ChartPoint> points, ChartPlan chart) => [.. points.Select(point => Place(point.Y, chart.Y))];

    private static double Place(double value, ChartAxis axis) => axis.IsLogarithmic ? Math.Log10(value) : value;

    private static void SetColors(Plot plot, PictureTheme theme)
    {
        plot.FigureBackground.Color = Color.FromHex(theme.Background);
        plot.DataBackground.Color = Color.FromHex(theme.Background);
        plot.Axes.Color(Color.FromHex(theme.Text));
        plot.Grid.MajorLineColor = Color.FromHex(theme.Lines);
        foreach (IAxis axis in (IAxis[])[plot.Axes.Left, plot.Axes.Right, plot.Axes.Top, plot.Axes.Bottom])
        {
            axis.FrameLineStyle.Color = Color.FromHex(theme.Muted);
            axis.FrameLineStyle.Width = axis == plot.Axes.Left || axis == plot.Axes.Bottom ? 1 : 0;
        }
    }

    private static void SetTexts(Plot plot, ChartPlan chart, PictureTheme theme)
    {
        Set(plot.Axes.Title.Label, PictureText.Shorten(PictureText.Clean(chart.Title), 80), TitleSize, bold: true);
        Set(plot.Axes.Left.Label, PictureText.Shorten(PictureText.Clean(chart.Y.Label), 60), 14);
        Set(plot.Axes.Bottom.Label, PictureText.Shorten(PictureText.Clean(chart.X.Label), 80), 14);
        if (chart.Note is not null)
        {
            // The labels are set one by one: the axis below has no place for two.
            Set(plot.Axes.Bottom.Label, $"{plot.Axes.Bottom.Label.Text}\n({PictureText.Clean(chart.Note)})", TextSize);
        }

        foreach (IAxis axis in (IAxis[])[plot.Axes.Left, plot.Axes.Bottom])
        {
            axis.TickLabelStyle.FontName = PlotFont.For("0");
            axis.TickLabelStyle.FontSize = TextSize;
            axis.TickLabelStyle.ForeColor = Color.FromHex(theme.Text);
        }
    }

    private static void Set(LabelStyle label, string text, float size, bool bold = false)
    {
        label.Text = text;
        label.IsVisible = text.Length > 0;
        label.FontName = PlotFont.For(text);
        label.FontSize = size;
        label.Bold = bold;
    }

    private static void SetAxis(IAxis axis, ChartAxis plan, IEnumerable<double> values, bool startAtZero = false)
    {
        double[] places = [.. values.Select(value => Place(value, plan))];
        (double least, double most) = (places.Min(), places.Max());
        double margin = most > least ? (most - least) * Margin : least == 0 ? 1 : Math.Abs(least) * Margin;
        axis.Min = startAtZero ? 0 : least - margin;
        axis.Max = most + margin;
        axis.TickGenerator = plan.IsLogarithmic
            ? new NumericManual(PowersWithin(axis.Min, axis.Max))
            : new NumericAutomatic { LabelFormatter = AxisNumbers.Format, IntegerTicksOnly = plan.IsCount, MinorTickGenerator = new NoMinorTicks() };
    }

    // Powers of ten, and where there are few, the doubles and fives between.
    private static Tick[] PowersWithin(double least, double most)
    {
        int[] factors = most - least > 3 ? [1] : [1, 2, 5];
        return [.. from power in Enumerable.Range((int)Math.Floor(least), (int)Math.Ceiling(most - least) + 2)
                   from factor in factors
                   let place = power + Math.Log10(factor)
                   where place >= least && place <= most
                   select new Tick(place, AxisNumbers.Format(factor * Math.Pow(10, power)), isMajor: true)];
    }

    private static void SetLegend(Plot plot, ChartPlan chart, PictureTheme theme)
    {
        if (chart.Layers.All(layer => layer.Label is null))
        {
            plot.HideLegend();
            return;
        }

        // Items of our own: the dots of a dense cloud would be too small to see.
        plot.Legend.ManualItems.AddRange(chart.Layers.Where(layer => layer.Label is not null).Select(layer => new LegendItem
        {
            LabelText = PictureText.Clean(layer.Label!),
            MarkerStyle = layer is ChartLayer.Points ? new MarkerStyle(MarkerShape.FilledCircle, 8, ColorOf(layer, theme)) : MarkerStyle.None,
            LineStyle = layer is ChartLayer.Steps ? new LineStyle(2, ColorOf(layer, theme)) : LineStyle.None,
        }));
        plot.ShowLegend(Edge.Top).Padding = new PixelPadding(0);
        plot.Legend.Padding = new PixelPadding(0, 4);
        plot.Legend.InterItemPadding = new PixelPadding(8, 28, 0, 0);
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.FontName = PlotFont.For("0");
        plot.Legend.FontSize = TextSize;
        plot.Legend.FontColor = Color.FromHex(theme.Text);
        plot.Legend.BackgroundColor = Colors.Transparent;
        plot.Legend.OutlineColor = Colors.Transparent;
        plot.Legend.ShadowColor = Colors.Transparent;
    }

    private sealed class NoMinorTicks : IMinorTickGenerator
    {
        public IEnumerable<double> GetMinorTicks(double[] majorTicks, CoordinateRange visibleRange) => [];
    }
}
