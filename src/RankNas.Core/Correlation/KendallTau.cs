namespace RankNas.Correlation;

/// <summary>Kendall's τ-b, rank correlation that allows for ties, in O(n log n).</summary>
/// <remarks>Knight, <em>A computer method for calculating Kendall's tau with ungrouped data</em>, JASA 1966.</remarks>
public static class KendallTau
{
    /// <summary>Computes τ-b of pairs (x, y).</summary>
    /// <param name="x">The first of each pair; infinite values are allowed, NaN is not.</param>
    /// <param name="y">The second of each pair, as many.</param>
    /// <returns>From −1 to 1; NaN where all x or all y are equal, or there are fewer than two pairs.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or there is a NaN.</exception>
    public static double Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Pairs.Check(x, y);
        (double X, double Y)[] pairs = new (double, double)[x.Length];
        for (int pair = 0; pair < pairs.Length; pair++)
        {
            pairs[pair] = (x[pair], y[pair]);
        }

        Array.Sort(pairs);
        double all = PairsOf(pairs.Length);
        double tiedInX = CountTies(pairs, static (left, right) => left.X == right.X);
        double tiedInBoth = CountTies(pairs, static (left, right) => left == right);
        double[] second = [.. pairs.Select(pair => pair.Y)];
        double discordant = SortAndCountSwaps(second, new double[second.Length]);
        double tiedInY = CountTies(second, static (left, right) => left == right);

        // concordant − discordant, of the pairs that are tied in neither
        double difference = all - tiedInX - tiedInY + tiedInBoth - (2 * discordant);
        return difference / Math.Sqrt((all - tiedInX) * (all - tiedInY));
    }

    private static double PairsOf(double count) => count * (count - 1) / 2;

    private static double CountTies<T>(T[] sorted, Func<T, T, bool> areTied)
    {
        double ties = 0;
        for (int first = 0; first < sorted.Length;)
        {
            int next = first + 1;
            while (next < sorted.Length && areTied(sorted[first], sorted[next]))
            {
                next++;
            }

            ties += PairsOf(next - first);
            first = next;
        }

        return ties;
    }

    // Merge sort: each value that passes over others is that many swaps of neighbours.
    private static double SortAndCountSwaps(Span<double> values, Span<double> scratch)
    {
        if (values.Length < 2)
        {
            return 0;
        }

        int middle = values.Length / 2;
        double swaps = SortAndCountSwaps(values[..middle], scratch[..middle]) + SortAndCountSwaps(values[middle..], scratch[middle..]);
        int left = 0;
        int right = middle;
        for (int place = 0; place < values.Length; place++)
        {
            if (right == values.Length || (left < middle && values[left] <= values[right]))
            {
                scratch[place] = values[left++];
            }
            else
            {
                scratch[place] = values[right++];
                swaps += middle - left;
            }
        }

        scratch.CopyTo(values);
        return swaps;
    }
}
