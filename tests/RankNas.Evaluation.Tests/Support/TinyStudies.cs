using RankNas.Core.Tests.Support;
using RankNas.Graphs;
using RankNas.Images;
using RankNas.Proxies;

namespace RankNas.Evaluation.Tests.Support;

/// <summary>Searches of the tiny space on tiny images.</summary>
internal static class TinyStudies
{
    public static NasBuilder Builder() => NasBuilder.Create().UseSpace(new TinySpace())
        .UseImages(ProbeImages.Synthetic(shape: new NetworkShape { Height = 8, Width = 8 }, count: 8), batchSize: 8);

    /// <summary>Scores by the genes alone, as the architecture is written in the network's first layer: width, kernel, depth.</summary>
    public static FunctionProxy Width() => new("width", (network, _) => network.parameters().First().shape[0]);

    public static Task<SearchResult> ExhaustiveAsync(CancellationToken token, params IZeroCostProxy[] proxies)
    {
        NasBuilder builder = Builder().UseExhaustiveSearch();
        Array.ForEach(proxies, proxy => builder.AddProxy(proxy));
        return builder.Build().RunAsync(token);
    }
}
