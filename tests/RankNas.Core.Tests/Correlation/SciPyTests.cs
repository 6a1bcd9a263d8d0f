using RankNas.Core.Tests.Support;
using RankNas.Correlation;

namespace RankNas.Core.Tests.Correlation;

/// <summary>SciPy's opinion of the correlations; runs of mutation tests leave it out, as Python takes seconds to start.</summary>
public class SciPyTests
{
    private static readonly double[] X = Noise(1);
    private static readonly double[] Y = [.. X.Zip(Noise(2), (value, noise) => value + noise)];

    [Theory]
    [InlineData(3, 5)]
    [InlineData(50, 4)]
    [InlineData(1000, 1000)]
    [InlineData(15284, 300)]
    public void Tau_and_rho_agree_with_SciPy(int count, int levels)
    {
        var random = new Random(count);
        double[] x = [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(levels))];
        double[] y = [.. x.Select(value => Math.Round((value / levels) + random.NextDouble(), 2))];

        KendallTau.Of(x, y).Should().BeApproximately(SciPy.Evaluate("stats.kendalltau(x, y)[0]", x, y), 1e-12);
        SpearmanRho.Of(x, y).Should().BeApproximately(SciPy.Evaluate("stats.spearmanr(x, y)[0]", x, y), 1e-12);
    }

    [Fact]
    public void The_interval_of_bootstrap_is_that_of_SciPy_within_the_error_of_drawing()
    {
        Estimate estimate = Bootstrap.Estimate(X, Y, SpearmanRho.Of, draws: 4000);

        const string interval = "stats.bootstrap((numpy.array(x), numpy.array(y)), lambda a, b: stats.spearmanr(a, b)[0], paired=True, "
            + "vectorized=False, n_resamples=4000, method='percentile', random_state=1).confidence_interval";
        estimate.Value.Should().Be(SpearmanRho.Of(X, Y));
        estimate.Low.Should().BeApproximately(SciPy.Evaluate(interval + ".low", X, Y), 0.012);
        estimate.High.Should().BeApproximately(SciPy.Evaluate(interval + ".high", X, Y), 0.012);
    }

    private static double[] Noise(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble())];
    }
}
