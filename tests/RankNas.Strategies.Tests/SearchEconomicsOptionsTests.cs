namespace RankNas.Strategies.Tests;

public class SearchEconomicsOptionsTests
{
    [Fact]
    public void Defaults_AreAsDocumented() => new SearchEconomics().Options.Should().Be(new SearchEconomicsOptions
    {
        Searchers = 4,
        Regions = 4,
        GoodsPerRegion = 2,
        TournamentSize = 3,
        MutationRate = 1,
        Patience = 100,
    });

    [Fact]
    public void NumbersBelowOne_SaySo()
    {
        Refusal(nameof(SearchEconomicsOptions.Searchers), () => new SearchEconomicsOptions { Searchers = 0 }, "Searchers is 0: it must be at least 1.");
        Refusal(nameof(SearchEconomicsOptions.Regions), () => new SearchEconomicsOptions { Regions = 0 }, "Regions is 0: it must be at least 1.");
        Refusal(nameof(SearchEconomicsOptions.GoodsPerRegion), () => new SearchEconomicsOptions { GoodsPerRegion = 0 }, "GoodsPerRegion is 0: it must be at least 1.");
        Refusal(nameof(SearchEconomicsOptions.TournamentSize), () => new SearchEconomicsOptions { TournamentSize = 0 }, "TournamentSize is 0: it must be at least 1.");
        Refusal(nameof(SearchEconomicsOptions.Patience), () => new SearchEconomicsOptions { Patience = 0 }, "Patience is 0: it must be at least 1.");
    }

    [Fact]
    public void NumbersBeyondReason_SaySo() => Refusal(
        nameof(SearchEconomicsOptions.Regions), () => new SearchEconomicsOptions { Regions = 1001 }, "Regions is 1001: it must be at most 1,000.");

    [Theory]
    [InlineData(-0.1, "-0.1")]
    [InlineData(1.5, "1.5")]
    [InlineData(double.NaN, "NaN")]
    public void MutationRate_ThatIsNoProbability_SaysSo(double rate, string shown) => Refusal(
        nameof(SearchEconomicsOptions.MutationRate),
        () => new SearchEconomicsOptions { MutationRate = rate },
        $"MutationRate is {shown}: it must be from 0 to 1.");

    [Fact]
    public void SearchEconomics_TournamentOfMoreRegionsThanThereAre_SaysSo() =>
        FluentActions.Invoking(() => new SearchEconomics(new SearchEconomicsOptions { Regions = 2 }))
            .Should().Throw<ArgumentException>().WithMessage("TournamentSize is 3: it must be at most Regions, 2.*").WithParameterName("options");

    private static void Refusal(string option, Func<SearchEconomicsOptions> create, string message) =>
        create.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message + "*").WithParameterName(option);
}
