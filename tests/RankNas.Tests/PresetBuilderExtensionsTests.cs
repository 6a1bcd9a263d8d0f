using static TorchSharp.torch;

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
    public async Task UseRecommended_IsTheBestCombination() => (await RunAsync(builder => builder.UseRecommended())).Should().Be(
        ("ageing", "rank-sum", "naswot, logsynflow, skip-depth"));

    [Fact]
    public async Task UseAzNas_IsThePaperOfThatName() => (await RunAsync(builder => builder.UseAzNas())).Should().Be(
        ("ageing", "log-rank-sum", "expressivity, progressivity, trainability, macs"));

    [Fact]
    public async Task UseRecommended_NetworksWithoutSkipDepth_IsRefusedWithWhatToUseInstead() => await RefusedAsync(
        builder => builder.UseRecommended(),
        "skip-depth needs networks that implement ISkipDepthNetwork, and those of the space 'flat' (Sequential) do not: leave it out, or add others*");

    [Fact]
    public async Task UseAzNas_NetworksWithoutBlocks_IsRefusedWithWhatToUseInstead() => await RefusedAsync(
        builder => builder.UseAzNas(), "expressivity, progressivity, trainability need networks that implement IBlockNetwork*leave them out, or add others*");

    private static async Task RefusedAsync(Func<NasBuilder, NasBuilder> use, string message)
    {
        NasExperiment search = use(NasBuilder.Create().UseSpace(new FlatSpace())).WithBudget(50).WithBatchSize(2).Build();
        await search.Awaiting(one => one.RunAsync(TestContext.Current.CancellationToken)).Should().ThrowAsync<ProxyNotApplicableException>().WithMessage(message);
    }

    private sealed class FlatSpace() : ChoiceSearchSpace("flat", new Choice("width", 2, 4))
    {
        public override nn.Module<Tensor, Tensor> BuildNetwork(Architecture architecture, NetworkShape shape) => nn.Sequential(
            nn.Conv2d(shape.Channels, NumberOf(architecture, "width"), 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
            nn.Linear(NumberOf(architecture, "width"), shape.Classes));
    }

    private static async Task<(string Strategy, string Aggregator, string Proxies)> RunAsync(Func<NasBuilder, NasBuilder> use)
    {
        SearchResult result = await use(NasBuilder.Create().UseNatsTopology()).WithBudget(2).WithBatchSize(2).Build()
            .RunAsync(TestContext.Current.CancellationToken);
        result.History.SelectMany(evaluated => evaluated.Scores).Should().OnlyContain(score => score.Kind != ScoreKind.Failed);
        return (result.Strategy, result.Aggregator, string.Join(", ", result.Proxies.Select(proxy => proxy.Id)));
    }
}
