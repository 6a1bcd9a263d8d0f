namespace RankNas.Ranking;

/// <summary>Ranks with ties, in O(n log n).</summary>
internal static class MeanRanks
{
    /// <summary>Ranks from 1 by ascending key; equal keys share the mean of the ranks that they take up.</summary>
    public static ImmutableArray<double> Of(ImmutableArray<ScoredArchitecture> rows, Func<ScoredArchitecture, SortKey> keyOf)
    {
        var keys = new SortKey[rows.Length];
        int[] order = new int[rows.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            keys[row] = keyOf(rows[row]);
            order[row] = row;
        }

        Array.Sort(keys, order);
        double[] ranks = new double[rows.Length];
        for (int first = 0; first < order.Length;)
        {
            int next = first + 1;
            while (next < order.Length && keys[next] == keys[first])
            {
                next++;
            }

            // The ranks first + 1 … next have the mean (first + 1 + next) / 2.
            for (int place = first; place < next; place++)
            {
                ranks[order[place]] = (first + 1 + next) / 2.0;
            }

            first = next;
        }

        return [.. ranks];
    }
}
