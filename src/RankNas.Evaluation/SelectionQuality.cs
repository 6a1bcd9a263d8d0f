namespace RankNas.Evaluation;

/// <summary>The quality of the architectures with the best scores.</summary>
public static class SelectionQuality
{
    /// <summary>Computes the regret of the first k: the best accuracy of all, minus the best accuracy among the k highest scores.</summary>
    /// <param name="scores">The scores, higher is better; equal ones keep their order.</param>
    /// <param name="accuracies">The accuracies, as many, in percent.</param>
    /// <param name="k">The number of best scores, at least 1.</param>
    /// <returns>Percentage points, from 0.</returns>
    public static double Regret(ReadOnlySpan<double> scores, ReadOnlySpan<double> accuracies, int k)
    {
        int[] order = OrderOf(scores, accuracies, k);
        double best = double.NegativeInfinity;
        foreach (double accuracy in accuracies)
        {
            best = Math.Max(best, accuracy);
        }

        double found = double.NegativeInfinity;
        foreach (int row in order.AsSpan(0, Math.Min(k, order.Length)))
        {
            found = Math.Max(found, accuracies[row]);
        }

        return best - found;
    }

    /// <summary>Computes the normalised discounted cumulative gain of the first k, the gain being the accuracy.</summary>
    /// <remarks>Järvelin and Kekäläinen, <em>Cumulated gain-based evaluation of IR techniques</em>, TOIS 2002, with the discount
    /// log₂(place + 1) and the accuracy in percent, minus the lowest of all, as the gain.</remarks>
    /// <inheritdoc cref="Regret"/>
    /// <returns>From 0 to 1; 1 if all accuracies are equal.</returns>
    public static double NormalizedGain(ReadOnlySpan<double> scores, ReadOnlySpan<double> accuracies, int k)
    {
        int[] order = OrderOf(scores, accuracies, k);
        int[] ideal = OrderOf(accuracies, accuracies, k);
        double lowest = accuracies[ideal[^1]];
        double possible = GainOf(ideal, accuracies, k, lowest);
        return possible == 0 ? 1 : GainOf(order, accuracies, k, lowest) / possible;
    }

    private static double GainOf(int[] order, ReadOnlySpan<double> accuracies, int k, double lowest)
    {
        double gain = 0;
        for (int place = 1; place <= Math.Min(k, order.Length); place++)
        {
            gain += (accuracies[order[place - 1]] - lowest) / Math.Log2(place + 1);
        }

        return gain;
    }

    private static int[] OrderOf(ReadOnlySpan<double> scores, ReadOnlySpan<double> accuracies, int k)
    {
        Pairs.Check(scores, accuracies);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (scores.IsEmpty)
        {
            throw new ArgumentException("There are no architectures to choose from.", nameof(scores));
        }

        double[] values = scores.ToArray();
        return [.. Enumerable.Range(0, values.Length).OrderByDescending(row => values[row])];
    }
}
