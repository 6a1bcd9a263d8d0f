using System.Collections.Immutable;
using RankNas.Abstractions.Tests.Support;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.SearchSpaces;
using RankNas.Strategies.Economics;
using RankNas.Strategies.Tests.Support;

namespace RankNas.Strategies.Tests;

public class SearchEconomicsTests
{
    private static readonly GridSpace Grid = GridSpace.Of(positions: 6, alleles: 5);

    [Fact]
    public async Task EveryRound_MakesACandidateOfEverySearcherAndGood_InTheGoodsRegion()
    {
        var options = new SearchEconomicsOptions { Searchers = 3, Regions = 5, GoodsPerRegion = 2 };
        var context = new KnownContext(Grid, budget: 400, new Random(3));
        await new SearchEconomics(options).RunAsync(context);
        context.Asked[0].Should().HaveCount((5 * 2) + 3).And.OnlyHaveUniqueItems();
        context.Asked.Skip(1).Should().OnlyContain(asked => asked.Length == 3 * 5 * 2);

        // The first genes decide on the region, so what is made in the first is never above what is made in the last.
        foreach (ImmutableArray<Architecture> asked in context.Asked.Skip(1))
        {
            for (int searcher = 0; searcher < 3; searcher++)
            {
                Architecture[][] byRegion = [.. asked.Skip(searcher * 10).Take(10).Chunk(2)];
                for (int region = 1; region < 5; region++)
                {
                    byRegion[region - 1].Max(Grid.IndexOf).Should().BeLessThan(byRegion[region].Min(Grid.IndexOf));
                }
            }
        }
    }

    [Fact]
    public async Task EveryRound_RanksItsCandidatesWithSearchersAndGoods()
    {
        var context = new KnownContext(Grid, budget: 300, new Random(4));
        await new SearchEconomics().RunAsync(context);
        context.Rankings.Should().HaveCount(context.Asked.Count - 1);
        foreach (StrategyRun ranking in context.Rankings.SkipLast(1))
        {
            ImmutableArray<Architecture> asked = context.Asked[ranking.Asks - 1];
            ranking.Architectures.Should().OnlyHaveUniqueItems().And.Contain(asked);
            ranking.Architectures.Except(asked).Should().HaveCountLessThanOrEqualTo(4 + (4 * 2), "there are four searchers and eight goods")
                .And.BeSubsetOf(context.Scored);
        }
    }

    [Fact]
    public void ExpectedValues_OfAMarketWorkedOutByHand_AreRarityTimesVisionTimesShare()
    {
        // Four architectures, worth 1, 0.75, 0.5 and 0.25.
        ScoredArchitecture[] ranked = [.. Enumerable.Range(0, 4).Select(place =>
            new ScoredArchitecture(new Architecture($"{place}", [place]), [Score.Of(place)]) { Total = place })];
        var market = new Market(ranked);
        Region[] regions = [new([ranked[1], ranked[3]]), new([ranked[2]])];
        regions[1].EndRound(0);

        Candidate[] candidates =
        [
            new(0, 0, 0, ranked[0].Architecture), new(0, 0, 1, ranked[2].Architecture), new(0, 1, 0, ranked[3].Architecture),
            new(1, 0, 0, ranked[3].Architecture), new(1, 0, 1, ranked[3].Architecture), new(1, 1, 0, ranked[0].Architecture),
        ];
        SearchEconomics.ExpectedValues(candidates, market, 2, regions).Should().BeEquivalentTo(new[,]
        {
            { 1 * 0.75 * (0.75 / 1.5), 2 * 0.25 * (0.5 / 1.5) },
            { 1 * 0.25 * (0.75 / 1.5), 2 * 1 * (0.5 / 1.5) },
        });
    }

    [Fact]
    public void Market_OfEqualTotals_IsWorthTheSame() => new Market(
    [
        new ScoredArchitecture(new Architecture("a", []), []) { Total = 1 },
        new ScoredArchitecture(new Architecture("b", []), []) { Total = 1 },
        new ScoredArchitecture(new Architecture("c", []), []) { Total = 2 },
    ]).WorthOf(new Architecture("b", [])).Should().Be(1);

    [Fact]
    public async Task ASpaceThatIsUsedUp_EndsTheSearchOncePatienceIs()
    {
        GridSpace small = GridSpace.Of(positions: 2, alleles: 3);
        var context = new KnownContext(small, budget: 1000, new Random(1));
        IReadOnlyList<Architecture> found = await new SearchEconomics(new SearchEconomicsOptions { Patience = 60 }).RunAsync(context);
        found.Should().HaveCount(9, "everything scored is the set");
        context.Asked.Should().HaveCountGreaterThan(60).And.HaveCountLessThan(200);
    }

    [Fact]
    public async Task WithoutMutation_OnlyTheFirstArchitecturesChoicesAreCombined()
    {
        var context = new KnownContext(Grid, budget: 500, new Random(6));
        await new SearchEconomics(new SearchEconomicsOptions { MutationRate = 0, Patience = 20 }).RunAsync(context);
        for (int position = 0; position < 6; position++)
        {
            context.Scored.Select(architecture => architecture.Genes[position]).Should()
                .BeSubsetOf(context.Asked[0].Select(architecture => architecture.Genes[position]));
        }
    }
}
