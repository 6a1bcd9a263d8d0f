namespace RankNas.Evaluation.Tests.Comparison;

public class HolmAdjustmentTests
{
    // By hand: 4 × 0.005, 3 × 0.01, 2 × 0.03; 1 × 0.04 is not below what comes before it.
    [Fact]
    public void Of_FourTests_IsAdjustedInSteps() =>
        HolmAdjustment.Of(0.01, 0.04, 0.03, 0.005).Select(value => Math.Round(value, 12)).Should().Equal(0.03, 0.06, 0.06, 0.02);

    [Fact]
    public void Of_OneTest_IsItself() => HolmAdjustment.Of(0.03).Should().Equal(0.03);

    [Fact]
    public void Of_LargePValues_IsOneAtMost() => HolmAdjustment.Of(0.9, 0.8).Should().Equal(1, 1);

    [Fact]
    public void Of_TheEnds_AreProbabilitiesToo() => HolmAdjustment.Of(1, 0).Should().Equal(1, 0);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Of_NoProbability_IsRefused(double pValue) =>
        FluentActions.Invoking(() => HolmAdjustment.Of(0.1, pValue)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("A p-value is from 0 to 1.*");
}
