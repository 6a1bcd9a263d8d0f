namespace RankNas.Images;

/// <summary>A square grid of points laid over an image: bilinear between the points, scaled so that the variance is the same between them as at them.</summary>
internal sealed class GridOverlay
{
    private readonly int _points;
    private readonly Place[] _rows;
    private readonly Place[] _columns;

    // Of each pixel: what its value is divided by.
    private readonly double[] _deviations;

    public GridOverlay(int height, int width, int points)
    {
        _points = points;
        _rows = [.. Enumerable.Range(0, height).Select(row => Place.Of(row, height, points))];
        _columns = [.. Enumerable.Range(0, width).Select(column => Place.Of(column, width, points))];
        _deviations = new double[height * width];
        for (int pixel = 0; pixel < _deviations.Length; pixel++)
        {
            _deviations[pixel] = Math.Sqrt(_rows[pixel / width].Variance * _columns[pixel % width].Variance);
        }
    }

    /// <summary>Adds the grid's values to a field of the image's size.</summary>
    public void Add(ReadOnlySpan<double> grid, double deviation, Span<double> field)
    {
        int pixel = 0;
        foreach (Place row in _rows)
        {
            ReadOnlySpan<double> top = grid.Slice(row.Lower * _points, _points);
            ReadOnlySpan<double> bottom = grid.Slice(row.Upper * _points, _points);
            foreach (Place column in _columns)
            {
                double value =
                    (1 - row.Weight) * ((1 - column.Weight) * top[column.Lower] + column.Weight * top[column.Upper])
                    + row.Weight * ((1 - column.Weight) * bottom[column.Lower] + column.Weight * bottom[column.Upper]);
                field[pixel] += deviation * value / _deviations[pixel];
                pixel++;
            }
        }
    }

    /// <summary>The points on both sides of a position, and how far it is from the lower to the upper one.</summary>
    private readonly record struct Place(int Lower, int Upper, double Weight)
    {
        public double Variance => Lower == Upper ? 1 : Weight * Weight + (1 - Weight) * (1 - Weight);

        public static Place Of(int position, int size, int points)
        {
            double place = Math.Clamp((position + 0.5) * points / size - 0.5, 0, points - 1);
            int lower = (int)place;
            return new Place(lower, Math.Min(lower + 1, points - 1), place - lower);
        }
    }
}
