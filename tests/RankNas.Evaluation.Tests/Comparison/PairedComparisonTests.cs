using RankNas.Correlation;

namespace RankNas.Evaluation.Tests.Comparison;

public class PairedComparisonTests
{
    private static readonly double[] First = [94.36, 94.12, 93.80, 94.37, 93.55, 94.02, 93.91, 94.20];
    private static readonly double[] Second = [93.52, 94.30, 93.40, 93.60, 93.50, 93.91, 93.31, 93.52];

    // SciPy 1.10: scipy.stats.t.interval(0.95, 7, mean, scipy.stats.sem(values)).
    [Fact]
    public void Of_EightPairs_HasTheIntervalsOfSciPy()
    {
        var comparison = PairedComparison.Of(First, Second);
        comparison.Pairs.Should().Be(8);
        ShouldBeNear(comparison.First, 94.04125, 93.80514940700517, 94.27735059299484);
        ShouldBeNear(comparison.Second, 93.6325, 93.36353095177385, 93.90146904822613);
        ShouldBeNear(comparison.Difference, 0.40875, 0.09414331927768682, 0.7233566807223157);
        comparison.Test.Should().Be(SignedRankTest.Of(First, Second));
    }

    [Fact]
    public void Of_TheSecondFirst_HasTheOppositeDifferenceAndTheSameTest()
    {
        PairedComparison comparison = PairedComparison.Of(First, Second), other = PairedComparison.Of(Second, First);
        ShouldBeNear(other.Difference, -comparison.Difference.Value, -comparison.Difference.High, -comparison.Difference.Low);
        other.Test.Should().Be(comparison.Test);
    }

    [Fact]
    public void Of_OnePair_HasNoInterval()
    {
        var comparison = PairedComparison.Of([2], [1]);
        (comparison.Difference.Value, comparison.Difference.Low, comparison.Difference.High).Should().Be((1, double.NaN, double.NaN));
    }

    [Theory]
    [InlineData("There are no values to take the mean of.*")]
    [InlineData("A value is not finite: the mean would not be either.*", double.PositiveInfinity, 1.0)]
    public void Of_NoPairOrAnInfiniteValue_IsRefused(string message, params double[] values) =>
        FluentActions.Invoking(() => PairedComparison.Of(values, new double[values.Length])).Should().Throw<ArgumentException>().WithMessage(message);

    private static void ShouldBeNear(Estimate estimate, double value, double low, double high)
    {
        estimate.Value.Should().BeApproximately(value, 1e-10);
        estimate.Low.Should().BeApproximately(low, 1e-6);
        estimate.High.Should().BeApproximately(high, 1e-6);
    }
}
