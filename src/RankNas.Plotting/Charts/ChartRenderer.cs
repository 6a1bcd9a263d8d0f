using ScottPlot;
using ScottPlot.Panels;
using ScottPlot.TickGenerators;

namespace RankNas.Plotting.Charts;

/// <summary>Draws charts by ScottPlot. Every drawing has a plot of its own.</summary>
internal static class ChartRenderer
{
    public const float TitleSize = 17;

    private const float TextSize = 13;
    private const float SmallTextSize = 11;
    private const int SmallWidth = 420;
    private const double Margin = 0.04;

    // Bold letters are wider, and a title keeps off the edges.
    private const float BoldWidth = 1.1f;
    private const int TitleMargin = 16;

    private const float DotSize = 6;

    private const double LegendShare = 0.33;
    private const int LegendLineGap = 10;

    private const int SymbolWidth = 16;

    // Two dashes and the gap between them.
    private const int LineSymbolWidth = 22;
    private const int SymbolPadding = 4;
    private const int ItemGap = 12;

    // What the numbers and the label of the left axis take up, about.
    private const int AxisWidth = 70;

    // How wide a letter is about, as a share of the size of the text.
    internal const double LetterWidth = 0.55;

    public static byte[] ToPng(ChartPlan chart, PictureTheme theme, int width, int height)
    {
        using Plot plot = Draw(chart, theme, width, height);
        return plot.GetImageBytes(width, height, ImageFormat.Png);
    }

    public static string ToSvg(ChartPlan chart, PictureTheme theme, int width, int height)
    {
        using Plot plot = Draw(chart, theme, width, height);
        ChartStrokes.LeaveDashesToSvg(plot);
        return plot.GetSvgXml(width, height);
    }

    private static Plot Draw(ChartPlan chart, PictureTheme theme, int width, int height)
    {
        var plot = new Plot();
        float textSize = width <= SmallWidth ? SmallTextSize : TextSize;
        SetColors(plot, theme);
        SetTitle(plot, chart, width);
        if (chart.Nothing is not null)
        {
            SayNothing(plot, chart.Nothing, theme, width);
            return plot;
        }

        foreach (ChartLayer layer in chart.Layers)
        {
            Add(plot, layer, chart, theme, textSize);
        }

        SetTexts(plot, chart, theme, width, height, textSize);
        SetAxis(plot.Axes.Bottom, chart.X, chart.Layers.SelectMany(layer => layer.Extent).Select(point => point.X));
        SetAxis(plot.Axes.Left, chart.Y, chart.Layers.SelectMany(layer => layer.Extent).Select(point => point.Y),
            startAtZero: chart.Layers.Any(layer => layer is ChartLayer.Columns));
        AxisNames.Set(plot, chart, width, height, textSize);
        SetLegend(plot, chart, theme, width, height, textSize);
        return plot;
    }

    private static void Add(Plot plot, ChartLayer layer, ChartPlan chart, PictureTheme theme, float textSize)
    {
        Color color = ColorOf(layer, theme);
        switch (layer)
        {
            case ChartLayer.Points points:
                var cloud = plot.Add.ScatterPoints(Xs(points.Marks, chart), Ys(points.Marks, chart), color.WithAlpha(points.Opacity));
                cloud.MarkerSize = (float)points.Size;
                break;
            case ChartLayer.Winner winner:
                var mark = plot.Add.ScatterPoints(Xs([winner.Mark], chart), Ys([winner.Mark], chart), color);
                mark.MarkerStyle = WinnerMark(theme, size: 14);
                break;
            case ChartLayer.Steps steps:
                var line = plot.Add.ScatterLine(Xs(steps.Marks, chart), Ys(steps.Marks, chart), color);
                line.ConnectStyle = ConnectStyle.StepHorizontal;
                line.LineWidth = 2;
                break;
            case ChartLayer.Line pieces:
                Add(plot, pieces, chart, color);
                break;
            case ChartLayer.Cells cells:
                plot.HideGrid();
                plot.Add.Plottable(new CellsPlottable(cells, theme, textSize));
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

    private static void Add(Plot plot, ChartLayer.Line layer, ChartPlan chart, Color color)
    {
        foreach (ImmutableArray<ChartPoint> piece in layer.Pieces.Where(piece => piece.Length > 1))
        {
            var line = plot.Add.ScatterLine(Xs(piece, chart), Ys(piece, chart), color);
            line.LineWidth = ChartStrokes.WidthOf(layer.Stroke);
            line.LinePattern = ChartStrokes.PatternOf(layer.Stroke);
        }

        if (!layer.Dots.IsEmpty)
        {
            plot.Add.ScatterPoints(Xs(layer.Dots, chart), Ys(layer.Dots, chart), color).MarkerSize = DotSize;
        }
    }

    private static Color ColorOf(ChartLayer layer, PictureTheme theme) =>
        Color.FromHex(layer.Color switch
        {
            ChartColor.Accent => theme.Accent,
            ChartColor.Secondary => theme.Secondary,
            ChartColor.Tertiary => theme.Tertiary,
            _ => theme.Primary,
        });

    // A shape of its own, for those who do not see the colour.
    private static MarkerStyle WinnerMark(PictureTheme theme, float size) => new(MarkerShape.FilledDiamond, size, Color.FromHex(theme.Secondary))
    {
        OutlineColor = Color.FromHex(theme.Background),
        OutlineWidth = 1.5f,
    };

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

    private static void SetTitle(Plot plot, ChartPlan chart, int width) => Set(
        plot.Axes.Title.Label, PictureText.Shorten(PictureText.Clean(chart.Title), LettersIn(width - TitleMargin, TitleSize * BoldWidth)), TitleSize, bold: true);

    internal static int LettersIn(int pixels, float size) => Math.Max(12, (int)(pixels / (LetterWidth * size)));

    private static void SayNothing(Plot plot, string nothing, PictureTheme theme, int width)
    {
        plot.HideGrid();
        foreach (IAxis axis in (IAxis[])[plot.Axes.Left, plot.Axes.Right, plot.Axes.Top, plot.Axes.Bottom])
        {
            axis.IsVisible = false;
        }

        var words = plot.Add.Annotation(PictureText.Wrap(PictureText.Clean(nothing), LettersIn(width - 60, TextSize)), Alignment.MiddleCenter);
        Set(words.LabelStyle, words.LabelStyle.Text, TextSize);
        words.LabelFontColor = Color.FromHex(theme.Muted);
        words.LabelBackgroundColor = Colors.Transparent;
        words.LabelBorderColor = Colors.Transparent;
        words.LabelShadowColor = Colors.Transparent;
    }

    private static void SetTexts(Plot plot, ChartPlan chart, PictureTheme theme, int width, int height, float textSize)
    {
        // A label goes along its axis, which ends before the legend, the numbers and the other label.
        Set(plot.Axes.Left.Label, chart.Y.Text(LettersIn(height - 110, textSize)), textSize);
        Set(plot.Axes.Bottom.Label, chart.X.Text(LettersIn(width - AxisWidth, textSize)), textSize);
        if (chart.Note is not null)
        {
            // One label of several lines: the axis below has no place for two.
            string note = PictureText.Wrap($"({PictureText.Clean(chart.Note)})", LettersIn(width - AxisWidth, textSize));
            Set(plot.Axes.Bottom.Label, $"{plot.Axes.Bottom.Label.Text}\n{note}", textSize);
        }

        foreach (IAxis axis in (IAxis[])[plot.Axes.Left, plot.Axes.Bottom])
        {
            axis.TickLabelStyle.FontName = PlotFont.For("0");
            axis.TickLabelStyle.FontSize = textSize;
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
        double margin = Math.Max(plan.LeastMargin, most > least ? (most - least) * Margin : least == 0 ? 1 : Math.Abs(least) * Margin);
        axis.Min = startAtZero ? 0 : least - margin;
        axis.Max = most + margin;
        axis.TickGenerator = plan.IsLogarithmic
            ? new NumericManual(PowersWithin(axis.Min, axis.Max))
            : new NumericAutomatic { LabelFormatter = plan.IsShare ? AxisNumbers.Percent : AxisNumbers.Format, IntegerTicksOnly = plan.IsCount, MinorTickGenerator = new NoMinorTicks() };
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

    private static void SetLegend(Plot plot, ChartPlan chart, PictureTheme theme, int width, int height, float textSize)
    {
        (ChartLayer Layer, string Label)[][] lines = [.. LegendLines([.. chart.Layers.Where(layer => !string.IsNullOrEmpty(layer.Label))], width - AxisWidth, height, textSize)];
        if (lines.Length == 0)
        {
            plot.HideLegend();
            return;
        }

        SetLegend(plot.Legend, lines[^1], theme, textSize);
        plot.ShowLegend(Edge.Top).Padding = new PixelPadding(0);

        // A second line of one legend would lie on the first: each line is a legend of its own, above the one before.
        foreach ((ChartLayer Layer, string Label)[] line in lines.Reverse().Skip(1))
        {
            var legend = new Legend(plot) { IsVisible = false };
            SetLegend(legend, line, theme, textSize);
            plot.Axes.AddPanel(new LegendPanel(legend) { Edge = Edge.Top, Alignment = Alignment.MiddleCenter, Padding = new PixelPadding(0) });
        }
    }

    private static void SetLegend(Legend legend, (ChartLayer Layer, string Label)[] items, PictureTheme theme, float textSize)
    {
        // Items of our own: the dots of a dense cloud would be too small to see.
        legend.ManualItems.AddRange(items.Select(item => new LegendItem
        {
            LabelText = item.Label,
            MarkerStyle = item.Layer switch
            {
                ChartLayer.Points => new MarkerStyle(MarkerShape.FilledCircle, 8, ColorOf(item.Layer, theme)),
                ChartLayer.Winner => WinnerMark(theme, size: 10),
                _ => MarkerStyle.None,
            },
            LineStyle = item.Layer switch
            {
                ChartLayer.Steps => new LineStyle(2, ColorOf(item.Layer, theme)),
                ChartLayer.Line line => new LineStyle(ChartStrokes.WidthOf(line.Stroke), ColorOf(item.Layer, theme), ChartStrokes.PatternOf(line.Stroke)),
                _ => LineStyle.None,
            },
        }));
        legend.Padding = new PixelPadding(0, 4);
        legend.SymbolWidth = items.Any(item => item.Layer is ChartLayer.Line) ? LineSymbolWidth : SymbolWidth;
        legend.SymbolPadding = SymbolPadding;
        legend.InterItemPadding = new PixelPadding(0, ItemGap, 0, 0);
        legend.Orientation = Orientation.Horizontal;
        legend.TightHorizontalWrapping = true;
        legend.FontName = PlotFont.For(string.Concat(items.Select(item => item.Label)));
        legend.FontSize = textSize;
        legend.FontColor = Color.FromHex(theme.Text);
        legend.BackgroundColor = Colors.Transparent;
        legend.OutlineColor = Colors.Transparent;
        legend.ShadowColor = Colors.Transparent;
    }

    // Who reads several lines has to know which is which; elsewhere, in a small plot labels are shorter, and in the smallest there is no legend.
    private static IEnumerable<(ChartLayer Layer, string Label)[]> LegendLines(ImmutableArray<ChartLayer> layers, int pixels, int height, float textSize)
    {
        (ChartLayer Layer, string Label)[] items = [.. layers.Select(layer => (layer, PictureText.Clean(layer.Label!)))];
        if (items.Any(item => item.Layer is ChartLayer.Line))
        {
            // The legend takes up to a third of the height; names that need more are shortened.
            int most = Math.Max(1, (int)(height * LegendShare / (textSize + LegendLineGap)));
            int inLine = 1;
            List<(ChartLayer Layer, string Label)[]> lines;
            do
            {
                int letters = Math.Max(3, (int)((pixels / inLine - LineSymbolWidth - SymbolPadding - ItemGap) / (LetterWidth * textSize)));
                lines = [.. LinesOf([.. items.Select(item => (item.Layer, PictureText.Shorten(item.Label, letters)))])];
                inLine++;
            }
            while (lines.Count > most && inLine <= items.Length);

            return lines;
        }

        return Fits(items) ? items.Length > 0 ? [items] : []
            : Fits(items = [.. items.Select(item => (item.Layer, item.Label == ChartPlans.EachArchitecture ? "each" : item.Label))]) ? [items]
            : [];

        IEnumerable<(ChartLayer Layer, string Label)[]> LinesOf((ChartLayer Layer, string Label)[] all)
        {
            var line = new List<(ChartLayer Layer, string Label)>();
            foreach ((ChartLayer Layer, string Label) item in all)
            {
                if (line.Count > 0 && !Fits([.. line, item]))
                {
                    yield return [.. line];
                    line.Clear();
                }

                line.Add(item);
            }

            yield return [.. line];
        }

        bool Fits((ChartLayer Layer, string Label)[] line) => line.Sum(item =>
            (item.Layer is ChartLayer.Line ? LineSymbolWidth : SymbolWidth) + SymbolPadding + ItemGap + LetterWidth * textSize * item.Label.Length) <= pixels;
    }

    private sealed class NoMinorTicks : IMinorTickGenerator
    {
        public IEnumerable<double> GetMinorTicks(double[] majorTicks, CoordinateRange visibleRange) => [];
    }
}
