using RankNas.Graphs;
using RankNas.Proxies;
using RankNas.Scores;
using RankNas.SearchSpaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace RankNas.Tests;

public class PresetBuilderExtensionsTests
{
    [Fact]
    public async Task UsePaper_IsThePapersSearch() => (await RunAsync(builder => builder.UsePaper())).Should().Be(
        ("annealing", "rank-sum", "noise-immunity-complexity, naswot, logsynflow"));

    [Fact]
    public async Task UsePaper_TheOtherForm_IsThatOfThePapersText() => (await RunAsync(builder => builder.UsePaper(NoiseImmunityForm.Eta))).Should().Be(
        ("annealing", "rank-sum", "noise-immunity, naswot, logsynflow"));

    [Fact]
    public async Task UseRecommended_CellsWithSkips_CountsWhatTheyBypass() => (await RunAsync(builder => builder.UseRecommended())).Should().Be(
        ("bayesian", "rank-sum", "naswot, logsynflow, skip-depth"));

    [Fact]
    public async Task UseAzNas_IsThePaperOfThatName() => (await RunAsync(builder => builder.UseAzNas())).Should().Be(
        ("ageing", "log-rank-sum", "expressivity, progressivity, trainability, macs"));

    [Fact]
    public async Task UseRecommended_NetworksWithoutCellsOrBlocks_SearchesByTheOthers()
    {
        SearchResult result = await NasBuilder.Create().UseSpace(new FlatSpace()).UseRecommended().WithBudget(2).WithBatchSize(2).Build()
            .RunAsync(TestContext.Current.CancellationToken);
        result.Proxies.Select(proxy => proxy.Id).Should().Equal("naswot", "logsynflow");
        result.History.SelectMany(evaluated => evaluated.Scores).Should().OnlyContain(score => score.Kind == ScoreKind.Finite);
    }

    [Fact]
    public async Task UseRecommended_ASpaceWhoseSkipsAreAllAlike_SaysNothingOfAProxyThatNobodyChose()
    {
        (await NoticesAsync(builder => builder.UseRecommended())).Should().NotContain(notice => notice.Contains("skip-depth"));
        (await NoticesAsync(builder => builder.UseRecommended().AddProxyWhereDefined(new Flat()))).Should().NotContain(notice => notice.Contains("flat"));
        (await NoticesAsync(builder => builder.UseRecommended().AddProxy(new Flat()))).Should().ContainSingle(notice => notice.StartsWith("flat gave 1 for all 2 architectures"));
        (await NoticesAsync(builder => builder.UseRandomSearch().AddProxyWhereDefined(new Flat()))).Should().Contain(notice => notice.StartsWith("flat gave 1 for all 2 architectures"), "there is no other that tells them apart");
    }

    [Fact]
    public async Task UseAzNas_NetworksWithoutBlocks_IsRefusedWithWhatToUseInstead() => await RefusedAsync(
        builder => builder.UseAzNas(), "trainability needs graphs with blocks (two at least, by Block(…)), and *leave it out, or add others*");

    private static async Task RefusedAsync(Func<NasBuilder, NasBuilder> use, string message)
    {
        NasExperiment search = use(NasBuilder.Create().UseSpace(new FlatSpace())).WithBudget(50).WithBatchSize(2).Build();
        await search.Awaiting(one => one.RunAsync(TestContext.Current.CancellationToken)).Should().ThrowAsync<ProxyNotApplicableException>().WithMessage(message);
    }

    private static async Task<IEnumerable<string>> NoticesAsync(Func<NasBuilder, NasBuilder> use)
    {
        SearchResult result = await use(NasBuilder.Create().UseNatsSize()).WithBudget(2).WithBatchSize(2).Build().RunAsync(TestContext.Current.CancellationToken);
        return result.Notices.Select(notice => notice.Message);
    }

    private sealed class Flat : IZeroCostProxy
    {
        public string Id => "flat";

        public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

        public double Score(Module<Tensor, Tensor> network, ProbeBatch batch) => 1;
    }

    private sealed class FlatSpace() : ChoiceSearchSpace("flat", new Choice("width", 2, 4))
    {
        public override NetworkGraph Describe(Architecture architecture, NetworkShape shape) =>
            Graph.Images(shape).Conv(NumberOf(architecture, "width"), 3).Relu().Conv(4, 3).Relu().GlobalAveragePool().Linear(shape.Classes).Build();
    }

    private static async Task<(string Strategy, string Aggregator, string Proxies)> RunAsync(Func<NasBuilder, NasBuilder> use)
    {
        SearchResult result = await use(NasBuilder.Create().UseNatsTopology()).WithBudget(2).WithBatchSize(2).Build()
            .RunAsync(TestContext.Current.CancellationToken);
        result.History.SelectMany(evaluated => evaluated.Scores).Should().OnlyContain(score => score.Kind != ScoreKind.Failed);
        return (result.Strategy, result.Aggregator, string.Join(", ", result.Proxies.Select(proxy => proxy.Id)));
    }
}
