namespace RankNas.Training.Augmentations;

/// <summary>A matrix and a shift.</summary>
internal readonly record struct AffineMap(double A, double B, double Dx, double C, double D, double Dy)
{
    public static AffineMap Shift(double right, double down) => new(1, 0, right, 0, 1, down);

    public static AffineMap Shear(double x, double y) => new(1, x, 0, y, 1, 0);

    public static AffineMap Rotation(double degrees)
    {
        (double sine, double cosine) = Math.SinCos(degrees * Math.PI / 180);
        return new AffineMap(cosine, sine, 0, -sine, cosine, 0);
    }
}
