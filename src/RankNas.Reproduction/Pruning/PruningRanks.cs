namespace RankNas.Reproduction.Pruning;

/// <summary>Ranks what pruning each operation would change; equal changes have equal ranks.</summary>
internal static class PruningRanks
{
    // The authors' program compares changes by three significant digits.
    private const int Digits = 3;

    /// <summary>Ranks changes, the smallest first, from 0.</summary>
    /// <param name="changes">The changes.</param>
    /// <returns>The rank of each: how many different smaller changes there are.</returns>
    public static int[] Of(IReadOnlyList<double> changes)
    {
        double[] rounded = [.. changes.Select(Rounded)];
        double[] distinct = [.. rounded.Distinct().Order()];
        return [.. rounded.Select(change => Array.BinarySearch(distinct, change))];
    }

    private static double Rounded(double change)
    {
        if (change == 0 || !double.IsFinite(change))
        {
            return change;
        }

        double unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(change))) + 1 - Digits);
        return Math.Round(change / unit) * unit;
    }
}
