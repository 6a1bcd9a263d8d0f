using RankNas.Graphs;
using RankNas.Images;

namespace RankNas.Core.Tests.Support;

internal static class Searches
{
    /// <summary>A search of the tiny space on eight synthetic images, but for its proxies.</summary>
    public static NasBuilder Tiny() => NasBuilder.Create()
        .UseSpace(new TinySpace())
        .UseImages(ProbeImages.Synthetic(shape: new NetworkShape { Height = 8, Width = 8 }, count: 8), batchSize: 8)
        .UseStrategy(new TakeFirst());
}
