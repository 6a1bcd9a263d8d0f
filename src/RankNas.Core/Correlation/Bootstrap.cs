using MathNet.Numerics.Random;
using MathNet.Numerics.Statistics;
using RankNas.Initialization;

namespace RankNas.Correlation;

/// <summary>Bootstrap confidence intervals: pairs are resampled with replacement.</summary>
/// <remarks>Efron, <em>Bootstrap methods: another look at the jackknife</em>, Annals of Statistics 1979; the percentile interval.</remarks>
public static class Bootstrap
{
    /// <summary>Estimates a statistic of pairs.</summary>
    /// <param name="x">The first of each pair.</param>
    /// <param name="y">The second of each pair, as many.</param>
    /// <param name="statistic">The statistic; draws for which it is NaN are omitted.</param>
    /// <param name="draws">The number of resamples, at least 1.</param>
    /// <param name="seed">The seed: the same one gives the same interval.</param>
    /// <param name="cancellationToken">Stops the draws.</param>
    /// <returns>The statistic of the sample, with the 2.5th and the 97.5th percentile of the draws.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Estimate Estimate(
        ReadOnlyMemory<double> x,
        ReadOnlyMemory<double> y,
        PairStatistic statistic,
        int draws = 1000,
        int seed = 0,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        Pairs.Check(x.Span, y.Span);
        double[] drawn = new double[draws];
        var options = new ParallelOptions { CancellationToken = cancellationToken };

        // A generator of its own for each draw, so that the threads do not change the outcome.
        Parallel.For(0, draws, options, draw => drawn[draw] = OfOneDraw(
            x.Span, y.Span, statistic, new Xoshiro256StarStar((int)(StableSeed.Derive(seed, "bootstrap", $"{draw}") & int.MaxValue), threadSafe: false)));
        double[] numbers = [.. drawn.Where(value => !double.IsNaN(value))];
        return new Estimate(statistic(x.Span, y.Span), numbers.Quantile(0.025), numbers.Quantile(0.975));
    }

    private static double OfOneDraw(ReadOnlySpan<double> x, ReadOnlySpan<double> y, PairStatistic statistic, Random random)
    {
        double[] first = new double[x.Length];
        double[] second = new double[x.Length];
        for (int place = 0; place < first.Length; place++)
        {
            int pair = random.Next(x.Length);
            first[place] = x[pair];
            second[place] = y[pair];
        }

        return statistic(first, second);
    }
}
