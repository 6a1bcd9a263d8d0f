namespace RankNas.Evaluation;

/// <summary>Adjusts p-values for being several: Holm's step-down method, which holds for tests that depend on each other too.</summary>
/// <remarks>Holm, <em>A simple sequentially rejective multiple test procedure</em>, Scandinavian Journal of Statistics 1979.</remarks>
public static class HolmAdjustment
{
    /// <summary>Adjusts p-values; those below 0.05 then hold together at the level of 5 %.</summary>
    /// <param name="pValues">The p-values of all tests, each from 0 to 1.</param>
    /// <returns>The adjusted ones, in the same order: of the i-th smallest of m, the largest of (m − j + 1) p over the j-th smallest up to it, and at most 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A p-value is not from 0 to 1.</exception>
    public static ImmutableArray<double> Of(params ReadOnlySpan<double> pValues)
    {
        double[] all = pValues.ToArray();
        if (!Array.TrueForAll(all, pValue => pValue is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(pValues), "A p-value is from 0 to 1.");
        }

        double[] adjusted = new double[all.Length];
        double largest = 0;
        foreach ((int place, int test) in Enumerable.Range(0, all.Length).OrderBy(test => all[test]).Index())
        {
            largest = Math.Max(largest, Math.Min(1, (all.Length - place) * all[test]));
            adjusted[test] = largest;
        }

        return [.. adjusted];
    }
}
