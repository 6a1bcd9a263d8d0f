using CsCheck;
using RankNas.Plotting.Charts;

namespace RankNas.Plotting.Tests.Charts;

public class ParetoFrontTests
{
    [Fact]
    public void Of_AnyPoints_IsExactlyWhatNoOtherBeats() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9]).Array[1, 30].Sample(pairs =>
        {
            ChartPoint[] points = [.. pairs.Select(pair => new ChartPoint(pair.Item1, pair.Item2))];
            ChartPoint[] unbeaten = [.. points.Where(point => !points.Any(other => other != point && other.X <= point.X && other.Y <= point.Y)).Distinct()];
            ParetoFront.Of(points).Should().BeEquivalentTo(unbeaten).And.BeInAscendingOrder(point => point.X);
        });
}
