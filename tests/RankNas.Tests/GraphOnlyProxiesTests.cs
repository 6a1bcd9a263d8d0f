using RankNas.Graphs;
using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.SearchSpaces;
using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Tests;

/// <summary>Proxies that read the graph alone, for which a search draws no weights.</summary>
public class GraphOnlyProxiesTests
{
    public static TheoryData<string> Spaces => [.. SpaceCatalog.Entries.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Spaces))]
    public async Task Scores_OfASearch_AreThoseOfTheModule(string id)
    {
        ISearchSpace space = SpaceCatalog.Create(id);
        IZeroCostProxy[] proxies = [new ParameterCount(), new MacCount()];

        SearchResult result = await proxies.Aggregate(NasBuilder.Create().UseSpace(space), (builder, proxy) => builder.AddProxy(proxy))
            .UseInitializer(new Refusing()).UseRandomSearch().WithBudget(3).WithBatchSize(2).Build().RunAsync(TestContext.Current.CancellationToken);

        using var batch = new ProbeBatch(zeros(2, 3, 32, 32), noiseSeed: 0);
        foreach (ScoredArchitecture ranked in result.Ranked)
        {
            using nn.Module<Tensor, Tensor> network = space.BuildNetwork(ranked.Architecture, new NetworkShape());
            ranked.Scores.Select(score => score.Value).Should().Equal(proxies.Select(proxy => proxy.Score(network, batch)));
        }
    }

    [Fact]
    public async Task Scores_BesideAProxyOfWeights_NeedTheWeights()
    {
        SearchResult result = await NasBuilder.Create().UseNatsSize().AddParameterCount().AddNaswot().UseInitializer(new Refusing())
            .UseRandomSearch().WithBudget(2).WithBatchSize(2).Build().RunAsync(TestContext.Current.CancellationToken);

        result.History.SelectMany(scored => scored.Scores).Should().OnlyContain(score => score.Failure!.Contains("refused"));
    }

    private sealed class Refusing : WeightInitializer
    {
        public override string Id => "refusing";

        public override void Initialize(nn.Module network, WeightSeed seed) => throw new InvalidOperationException("It refused to draw weights.");
    }
}
