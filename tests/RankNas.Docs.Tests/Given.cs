using Microsoft.Extensions.Hosting;
using RankNas.Graphs;
using RankNas.SearchSpaces;
using static TorchSharp.torch;

namespace RankNas.Docs.Tests;

/// <summary>What a page's snippets take for granted. Every member is new each time.</summary>
#pragma warning disable IDE1006 // They stand for a reader's local variables.
public static class Given
{
    public static CancellationToken cancellationToken => TestContext.Current.CancellationToken;

    public static nn.Module<Tensor, Tensor> network => new NatsSizeSpace().BuildNetwork(new NatsSizeSpace().Parse("8:8:8:8:8"), new NetworkShape());

    public static Tensor images => rand(4, 3, 32, 32);

    public static Tensor labels => zeros(4, dtype: ScalarType.Int64);

    public static Tensor loss => nn.functional.cross_entropy(network.call(images), labels);

    public static SearchResult result => NasBuilder.Create()
        .UseNatsTopology().AddNaswot().AddLogSynFlow().UseRandomSearch().WithBudget(3).WithBatchSize(8).Build().RunAsync().GetAwaiter().GetResult();

    public static HostApplicationBuilder builder => Host.CreateApplicationBuilder();
}
