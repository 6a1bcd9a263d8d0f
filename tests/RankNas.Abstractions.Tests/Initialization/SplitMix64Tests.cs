using RankNas.Initialization;

namespace RankNas.Abstractions.Tests.Initialization;

public class SplitMix64Tests
{
    // From Python, whose integers have no end: the formula of the README of the reference figures, cut to 64 bits.
    [Theory]
    [InlineData(7, 1, 0.8234364159495591, -1.3769156420148092, 0.5285175674030833, 1.6941095619278368)]
    [InlineData(648, 1, 0.8224720912116241, 0.12885088382232254, 0.8146550280926863, -0.9162883641730016)]
    [InlineData(3146381, 0.5, 0.1085992313265768 / 2, -1.6066527710040275 / 2, -0.14755277237519268 / 2, 1.3085435784720922 / 2)]
    public void FillUnitVariance_KnownStream_GivesTheFiguresThatPythonDoes(ulong stream, double deviation, params double[] expected)
    {
        double[] values = new double[expected.Length];
        SplitMix64.FillUnitVariance(stream, deviation, values);
        values.Zip(expected, (value, known) => Math.Abs(value - known)).Max().Should().BeLessThan(1e-15);
    }

    [Fact]
    public void FillUnitVariance_ManyValues_HaveMeanZeroAndTheDeviation()
    {
        double[] values = new double[100_000];
        SplitMix64.FillUnitVariance(3, 2, values);
        values.Average().Should().BeApproximately(0, 0.03);
        Math.Sqrt(values.Average(value => value * value)).Should().BeApproximately(2, 0.02);
        values.Max().Should().BeLessThanOrEqualTo(2 * Math.Sqrt(3));
    }
}
