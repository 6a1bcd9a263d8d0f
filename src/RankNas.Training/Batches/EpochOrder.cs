using RankNas.Initialization;
using RankNas.Training.Augmentations;

namespace RankNas.Training.Batches;

/// <summary>The order of an epoch, and its batches: both from the seed, so that there is no generator to save.</summary>
internal sealed class EpochOrder
{
    private readonly int[] _order;
    private readonly int _batchSize;

    public EpochOrder(long seed, int epoch, int images, int batchSize)
    {
        _order = [.. Enumerable.Range(0, images)];
        _batchSize = batchSize;
        new ImageRandom(SeedOf(seed, "order", epoch), 0).Shuffle(_order);
        Batches = BatchesOf(images, batchSize);
    }

    /// <summary>Gets how many batches there are.</summary>
    public int Batches { get; }

    /// <summary>Counts batches. A last one of a single image is a part of the one before it.</summary>
    public static int BatchesOf(int images, int batchSize) => Math.Max(1, images / batchSize + (images % batchSize > 1 ? 1 : 0));

    public static long SeedOf(long seed, string purpose, int epoch) => StableSeed.Derive(seed, purpose, epoch.ToString(CultureInfo.InvariantCulture));

    /// <summary>Gets the images of a batch.</summary>
    public ReadOnlySpan<int> this[int batch] => batch == Batches - 1 ? _order.AsSpan(batch * _batchSize) : _order.AsSpan(batch * _batchSize, _batchSize);
}
