namespace RankNas.Evaluation.Tests.Comparison;

public class SignedRankTestTests
{
    // SciPy 1.10: scipy.stats.wilcoxon(differences, mode="exact").
    [Theory]
    [InlineData(3, 0.0390625, 0.84, -0.18, 0.4, 0.77, 0.05, 0.11, 0.6, 0.68)]
    [InlineData(39, 0.012079238891601562, 5.0, -3.0, 8.0, 1.0, -2.0, 9.0, 12.0, -4.0, 7.0, 10.0, 6.0, -11.0, 13.0, 15.0, 14.0, 16.0, 17.0, 18.0, -19.0, 20.0)]
    public void Of_DifferencesWithoutTies_IsTheExactTestOfSciPy(double statistic, double pValue, params double[] differences)
    {
        var test = SignedRankTest.Of(differences, new double[differences.Length]);
        (test.Differing, test.Statistic, test.IsExact).Should().Be((differences.Length, statistic, true));
        test.PValue.Should().BeApproximately(pValue, 1e-14);
    }

    // NumPy: of all 2^10 signs of scipy.stats.rankdata(|d|), twice the share whose sum of positive ranks is at most the statistic.
    [Fact]
    public void Of_TiesAndZeros_IsExactOverAllSignsOfTheSharedRanks()
    {
        var test = SignedRankTest.Of([1, 1, 2, -1, 3, 0, 2, -2, 4, 0, 3, -1], new double[12]);
        test.Should().Be(new SignedRankTest(10, 11, 0.1171875, true));
    }

    [Fact]
    public void Of_DifferencesThatAreEqualInDecimals_AreTies() =>
        SignedRankTest.Of([0.3, 94.4], [0.1, 94.2]).Statistic.Should().Be(SignedRankTest.Of([2, 2], [0, 0]).Statistic);

    // SciPy 1.10: x = numpy.arange(1, 121); scipy.stats.wilcoxon(where(x % 4 == 0, x - 1, x) * where(x % 3 == 0, -1, 1), mode="approx").
    [Fact]
    public void Of_ManyPairsWithTies_IsTheNormalTestOfSciPy()
    {
        double[] differences = [.. Enumerable.Range(1, 120).Select(x => (x % 4 == 0 ? x - 1.0 : x) * (x % 3 == 0 ? -1 : 1))];
        var test = SignedRankTest.Of(differences, new double[120]);
        (test.Differing, test.Statistic, test.IsExact).Should().Be((120, 2460, false));
        test.PValue.Should().BeApproximately(0.002183140590047493, 1e-12);
    }

    [Theory]
    [InlineData(5, 0.0625)]
    [InlineData(SignedRankTest.FewestPairs, 0.03125)]
    public void Of_AllOfOneSign_IsTheSmallestPValueOfAsManyPairs(int pairs, double pValue) =>
        SignedRankTest.Of([.. Enumerable.Range(1, pairs).Select(rank => (double)rank)], new double[pairs]).PValue.Should().BeApproximately(pValue, 1e-15);

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Of_AHundredPairs_IsTheLastThatIsCountedExactly(int pairs, bool isExact) =>
        SignedRankTest.Of([.. Enumerable.Range(1, pairs).Select(rank => (double)rank)], new double[pairs]).IsExact.Should().Be(isExact);

    [Fact]
    public void Of_NoDifference_HasAPValueOfOne() => SignedRankTest.Of([1, 2, 3], [1, 2, 3]).Should().Be(new SignedRankTest(0, 0, 1, true));

    [Fact]
    public void Of_OtherLengths_IsRefused() => FluentActions.Invoking(() => SignedRankTest.Of([1, 2], [1])).Should().Throw<ArgumentException>();
}
