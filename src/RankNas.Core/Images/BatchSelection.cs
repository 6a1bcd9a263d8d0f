using MathNet.Numerics.Distributions;

namespace RankNas.Images;

/// <summary>Which images a batch is made of: the first ones, unless they are of other classes than all are, or sorted by class.</summary>
internal static class BatchSelection
{
    /// <summary>The smallest batch of which classes say something: of fewer images, chance alone makes a few alike.</summary>
    public const int LeastImages = 4;

    // Of shuffled images, one batch in a thousand is as far from their classes as that, and one as well sorted.
    private const double LeastProbability = 0.001;
    private const double MostDeviations = 3.09;

    /// <summary>Chooses the images of a batch.</summary>
    /// <param name="first">The labels of the first images, as many as the batch has.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="readAll">Reads the labels of all images; asked only where the first ones are not about evenly of all classes.</param>
    /// <returns>The images' places, so that every part of the batch from its start on has all classes; null for the first ones in their order.</returns>
    public static int[]? Of(long[] first, int classes, Func<long[]> readAll)
    {
        if (LooksDrawnFrom(first, _ => 1.0 / classes, classes, 1.0 / classes))
        {
            return null;
        }

        long[] all = readAll();
        Dictionary<long, int> counts = CountsOf(all);
        double ShareOf(long label) => (double)counts[label] / all.Length;
        bool same = counts.Count == 1 || LooksDrawnFrom(first, ShareOf, counts.Count, counts.Keys.Sum(label => ShareOf(label) * ShareOf(label)));
        return same ? null : Draw(first.Length, all, counts);
    }

    private static bool LooksDrawnFrom(long[] labels, Func<long, double> shareOf, int classes, double chanceOfEqual)
    {
        Dictionary<long, int> counts = CountsOf(labels);
        return counts.Count > 1 && Fits(counts, shareOf, classes) && !IsSorted(labels, chanceOfEqual);
    }

    // By how many images are of the class of the one before.
    private static bool IsSorted(long[] labels, double chanceOfEqual)
    {
        int equal = labels.Zip(labels.Skip(1)).Count(pair => pair.First == pair.Second);
        return equal > 0 && 1 - Binomial.CDF(chanceOfEqual, labels.Length - 1, equal - 1) < LeastProbability;
    }

    private static Dictionary<long, int> CountsOf(long[] labels) => labels.CountBy(label => label).ToDictionary();

    // Pearson's χ², made normal by the cube root of Wilson and Hilferty (1931).
    private static bool Fits(Dictionary<long, int> counts, Func<long, double> shareOf, int classes)
    {
        double images = counts.Values.Sum();
        double χ2 = counts.Sum(pair => pair.Value * (double)pair.Value / (images * shareOf(pair.Key))) - images;
        double freedom = classes - 1;
        double variance = 2 / (9 * freedom);
        return Math.Cbrt(χ2 / freedom) - (1 - variance) <= MostDeviations * Math.Sqrt(variance);
    }

    private static int[] Draw(int batchSize, long[] labels, Dictionary<long, int> counts)
    {
        Dictionary<long, int> quotas = QuotasOf(batchSize, labels.Length, counts);
        var drawn = new List<(double Turn, long Label, int Place)>(batchSize);
        foreach (IGrouping<long, int> places in Enumerable.Range(0, labels.Length).GroupBy(place => labels[place]))
        {
            int[] own = [.. places];
            for (int image = 0; image < quotas[places.Key]; image++)
            {
                // Spread over the class's images, and over the batch.
                double middle = (image + 0.5) / quotas[places.Key];
                drawn.Add((middle, places.Key, own[(int)(middle * own.Length)]));
            }
        }

        return [.. drawn.OrderBy(image => image.Turn).ThenBy(image => image.Label).Select(image => image.Place)];
    }

    // Each class its share of the batch, rounded down; what is left goes to the largest remainders.
    private static Dictionary<long, int> QuotasOf(int batchSize, int images, Dictionary<long, int> counts)
    {
        var quotas = counts.ToDictionary(pair => pair.Key, pair => (int)((long)pair.Value * batchSize / images));
        IEnumerable<long> byRemainder = counts.Keys.OrderByDescending(label => (long)counts[label] * batchSize % images).ThenBy(label => label);
        foreach (long label in byRemainder.Take(batchSize - quotas.Values.Sum()).ToArray())
        {
            quotas[label]++;
        }

        return quotas;
    }
}
