using RankNas.Torch;

namespace RankNas.Scoring;

/// <summary>How much memory a batch of images takes, and how much there is.</summary>
internal static class BatchMemory
{
    // Of a worker, by batches of 128 images of CIFAR's size; larger ones take more, smaller ones hardly less.
    private const long MemoryOfAWorker = 1_500_000_000;
    private const long ValuesOfABatch = 128 * 3 * 32 * 32;

    // Images, noise and their sum, and what the first layers make of them: no network does with less.
    private const int LeastCopies = 8;

    /// <summary>Gets how many workers the memory is enough for, by experience; at least 1.</summary>
    public static int WorkersFor(int batchSize, NetworkShape shape)
    {
        double each = MemoryOfAWorker * Math.Max(1, ValuesOf(batchSize, shape) / ValuesOfABatch);
        return (int)Math.Clamp(AvailableMemory.Bytes / each, 1, int.MaxValue);
    }

    /// <summary>Refuses a batch that cannot fit, before the system ends the process for it.</summary>
    /// <exception cref="InvalidOperationException">It cannot; the message says which can.</exception>
    public static void Check(int batchSize, NetworkShape shape)
    {
        double needed = LeastOf(batchSize, shape);
        long available = AvailableMemory.Bytes;
        if (needed > available)
        {
            long fitting = (long)(available / LeastOf(1, shape));
            string size = shape.InputText;
            throw new InvalidOperationException(fitting > 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"A batch of {batchSize:N0} images of {size} takes {needed / 1e9:F1} GB or more, and this process may have {available / 1e9:F1} GB: call WithBatchSize({fitting}) or less.")
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"One image of {size} takes {LeastOf(1, shape) / 1e9:F1} GB or more, and this process may have {available / 1e9:F1} GB: use smaller images."));
        }
    }

    private static double LeastOf(int batchSize, NetworkShape shape) => ValuesOf(batchSize, shape) * sizeof(float) * LeastCopies;

    private static double ValuesOf(int batchSize, NetworkShape shape) => (double)batchSize * shape.Channels * shape.Height * shape.Width;
}
