using RankNas.Reproduction.TrainingBased;

namespace RankNas.Reproduction.Tests.TrainingBased;

public class ExponentialAverageTests
{
    [Fact]
    public void Update_IsTheWeightedMean_NotDrawnToZeroAtFirst()
    {
        var average = new ExponentialAverage(0.9);
        average.Update(80).Should().BeApproximately(80, 1e-12);
        average.Update(90).Should().BeApproximately(((0.9 * 80) + 90) / 1.9, 1e-12);
        average.Update(60).Should().BeApproximately(((0.81 * 80) + (0.9 * 90) + 60) / 2.71, 1e-12);
    }
}
