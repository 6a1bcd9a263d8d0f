using RankNas.Images;

namespace RankNas.Core.Tests.Images;

public class GridOverlayTests
{
    [Fact]
    public void OnePoint_AddsItsValueEverywhere()
    {
        double[] field = [1, 2, 3, 4, 5, 6];

        new GridOverlay(height: 2, width: 3, points: 1).Add([0.5], deviation: 2, field);

        field.Should().Equal(2, 3, 4, 5, 6, 7);
    }

    [Fact]
    public void AsManyPointsAsPixels_AddEachToItsPixel()
    {
        double[] field = new double[4];

        new GridOverlay(height: 2, width: 2, points: 2).Add([1, 2, 3, 4], deviation: 1, field);

        field.Should().Equal(1, 2, 3, 4);
    }

    [Fact]
    public void BetweenTwoPoints_IsWeightedAndScaledToTheirVariance()
    {
        double[] field = new double[4];

        // Pixels lie at 0, 1/4, 3/4 and 1 of the way from one point to the other.
        new GridOverlay(height: 1, width: 4, points: 2).Add([1, 3, 1, 3], deviation: 1, field);

        double scale = Math.Sqrt(2 * (0.5 * 0.5));
        field[0].Should().BeApproximately(1 / scale, 1e-12);
        field[1].Should().BeApproximately(1.5 / (scale * Math.Sqrt(0.75 * 0.75 + 0.25 * 0.25)), 1e-12);
        field[2].Should().BeApproximately(2.5 / (scale * Math.Sqrt(0.75 * 0.75 + 0.25 * 0.25)), 1e-12);
        field[3].Should().BeApproximately(3 / scale, 1e-12);
    }
}
