using MathNet.Numerics.Statistics;

namespace RankNas.Correlation;

/// <summary>Spearman's ρ: the correlation of mean ranks.</summary>
public static class SpearmanRho
{
    /// <summary>Computes ρ of pairs (x, y), in O(n log n).</summary>
    /// <inheritdoc cref="KendallTau.Of"/>
    public static double Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Pairs.Check(x, y);
        return x.Length < 2 ? double.NaN : MathNet.Numerics.Statistics.Correlation.Pearson(RanksOf(x), RanksOf(y));
    }

    private static double[] RanksOf(ReadOnlySpan<double> values) => ArrayStatistics.RanksInplace(values.ToArray(), RankDefinition.Average);
}
