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

    private static async Task<(string Strategy, string Aggregator, string Proxies)> RunAsync(Func<NasBuilder, NasBuilder> use)
    {
        SearchResult result = await use(NasBuilder.Create().UseNatsTopology()).WithBudget(2).WithBatchSize(2).Build()
            .RunAsync(TestContext.Current.CancellationToken);
        result.History.SelectMany(evaluated => evaluated.Scores).Should().OnlyContain(score => score.Kind != ScoreKind.Failed);
        return (result.Strategy, result.Aggregator, string.Join(", ", result.Proxies.Select(proxy => proxy.Id)));
    }
}
