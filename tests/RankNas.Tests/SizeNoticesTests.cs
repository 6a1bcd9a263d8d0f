using RankNas.Images;
using RankNas.SearchSpaces;

namespace RankNas.Tests;

public class SizeNoticesTests
{
    [Theory]
    [InlineData("nats-sss", "meco", true)]
    [InlineData("nats-sss", "meco-opt", false)]
    [InlineData("nats-tss", "meco", false)]
    public async Task Search_ByMeco_IsToldWhereItRanksSmallNetworksFirst(string space, string proxy, bool isTold)
    {
        SearchResult result = await SearchOf(space, proxy, budget: 48);

        result.Notices.Select(notice => notice.Code).Contains("small-networks-first").Should().Be(isTold);
    }

    [Fact]
    public async Task Notice_TellsHowStronglyAndWhatToTake() => (await SearchOf("nats-sss", "meco", budget: 48)).Notices
        .Should().ContainSingle(notice => notice.Code == "small-networks-first").Which.Message.Should().Match(
            "meco ranks small networks first (Spearman's ρ with parameters -0.*). MeCo falls as layers get wider: where widths differ, take meco-opt.");

    [Fact]
    public async Task Search_OfFewArchitectures_IsNotTold() =>
        (await SearchOf("nats-sss", "meco", budget: 31)).Notices.Should().NotContain(notice => notice.Code == "small-networks-first");

    private static Task<SearchResult> SearchOf(string space, string proxy, int budget)
    {
        NasBuilder builder = NasBuilder.Create().UseSpace(SpaceCatalog.Create(space)).UseImages(ProbeImages.Synthetic(count: 8)).WithBatchSize(8);
        return (proxy == "meco" ? builder.AddMeco() : builder.AddMeco(Proxies.MecoForm.Optimized)).UseRandomSearch().WithBudget(budget).WithSeed(1).Build()
            .RunAsync(TestContext.Current.CancellationToken);
    }
}
