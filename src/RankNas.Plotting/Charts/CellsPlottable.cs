using ScottPlot;
using SkiaSharp;

namespace RankNas.Plotting.Charts;

/// <summary>Draws the cells of a confusion matrix: one path for all cells of a shade, so that a picture of many classes is small.</summary>
internal sealed class CellsPlottable(ChartLayer.Cells cells, PictureTheme theme, float textSize) : IPlottable
{
    private const int Shades = 20;

    // The faintest shade is still seen, and the text of the theme is read on the strongest under counts.
    private const double Faintest = 0.08;
    private const double StrongestUnderCounts = 0.5;

    private const float SmallestText = 7;
    private const float SmallestCellWithGap = 6;

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    private int Classes => cells.Rows.Length;

    /// <summary>Writes a count for a cell.</summary>
    public static string TextOf(int count) => count switch
    {
        >= 1_000_000 => (count / 1e6).ToString("0.#", CultureInfo.InvariantCulture) + "M",
        >= 100_000 => (count / 1e3).ToString("0", CultureInfo.InvariantCulture) + "k",
        _ => count.ToString(CultureInfo.InvariantCulture),
    };

    public AxisLimits GetAxisLimits() => new(0, Classes, 0, Classes);

    public void Render(RenderPack rp)
    {
        bool hasCounts = Classes <= ConfusionPlan.MostWithCounts;
        double strongest = hasCounts ? StrongestUnderCounts : 1;
        foreach (var shade in Filled().GroupBy(cell => (IsRight: cell.Row == cell.Column, cell.Shade)).OrderBy(shade => shade.Key))
        {
            using var path = new SKPath();
            foreach ((int row, int column, _) in shade)
            {
                path.AddRect(PlaceOf(row, column));
            }

            double opacity = Faintest + (strongest - Faintest) * shade.Key.Shade / Shades;
            using var paint = new SKPaint
            {
                Style = SKPaintStyle.Fill,
                Color = SKColor.Parse(shade.Key.IsRight ? theme.Primary : theme.Accent).WithAlpha((byte)Math.Round(255 * opacity)),
            };
            rp.Canvas.DrawPath(path, paint);
        }

        if (hasCounts)
        {
            WriteCounts(rp);
        }
    }

    // Shades from 1 up, by the share of the row.
    private IEnumerable<(int Row, int Column, int Shade)> Filled()
    {
        for (int row = 0; row < Classes; row++)
        {
            long all = cells.Rows[row].Sum(count => (long)count);
            for (int column = 0; column < Classes; column++)
            {
                if (cells.Rows[row][column] is > 0 and int count)
                {
                    yield return (row, column, (int)((count * (long)Shades + all - 1) / all));
                }
            }
        }
    }

    private SKRect PlaceOf(int row, int column)
    {
        float left = MathF.Round(Axes.GetPixelX(column)), right = MathF.Round(Axes.GetPixelX(column + 1));
        float top = MathF.Round(Axes.GetPixelY(Classes - row)), bottom = MathF.Round(Axes.GetPixelY(Classes - row - 1));
        float gap = Math.Min(right - left, bottom - top) >= SmallestCellWithGap ? 1 : 0;
        return new SKRect(left + gap, top, right, bottom - gap);
    }

    private void WriteCounts(RenderPack rp)
    {
        string[][] texts = [.. cells.Rows.Select(row => row.Select(TextOf).ToArray())];
        SKRect cell = PlaceOf(0, 0);
        double room = 0.9 * cell.Width / (ChartRenderer.LetterWidth * texts.Max(row => row.Max(text => text.Length)));
        float size = (float)Math.Min(textSize, Math.Min(room, 0.75 * cell.Height));
        if (size < SmallestText)
        {
            return;
        }

        var style = new LabelStyle { FontName = PlotFont.For("0"), FontSize = size, Alignment = Alignment.MiddleCenter };
        for (int row = 0; row < Classes; row++)
        {
            for (int column = 0; column < Classes; column++)
            {
                SKRect place = PlaceOf(row, column);
                style.Text = texts[row][column];
                style.ForeColor = Color.FromHex(cells.Rows[row][column] == 0 ? theme.Muted : theme.Text);
                style.Render(rp.Canvas, new Pixel(place.MidX, place.MidY), rp.Paint);
            }
        }
    }
}
