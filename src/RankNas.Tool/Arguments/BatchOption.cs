using RankNas.Images;

namespace RankNas.Tool.Arguments;

/// <summary><c>--batch</c>: how many images the proxies look at.</summary>
internal static class BatchOption
{
    /// <summary>What <c>--fast</c> stands for: the knee of the curve of images and rank correlation.</summary>
    public const int Fast = 16;

    private const int Most = 65_536;

    // A single network of the size space took 2 MB for each image, a small one a quarter of that.
    private const long LeastBytesOfAnImage = 500_000;

    public static NumberOption<int> Create(int least) => new("--batch", "How many images the proxies look at.", 128, least, Most);

    /// <summary>Refuses a batch of more images than there are.</summary>
    public static void CheckFor(ProbeImages images, int batch)
    {
        if (batch > images.Count)
        {
            throw new UsageException($"--batch is {batch}, but there are {images.Count} images: write --batch {images.Count} or less.");
        }
    }

    /// <summary>Refuses a batch that this machine's memory cannot hold.</summary>
    public static void Check(int batch)
    {
        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (batch * LeastBytesOfAnImage > memory)
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture,
                $"--batch is {batch}, which takes {batch * LeastBytesOfAnImage / 1e9:0} GB of memory or more, and there are {memory / 1e9:0}: write --batch 128."));
        }
    }
}
