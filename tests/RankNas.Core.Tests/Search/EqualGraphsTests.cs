using RankNas.Core.Tests.Support;
using RankNas.Graphs;
using RankNas.Scores;
using RankNas.SearchSpaces;

namespace RankNas.Core.Tests.Search;

public sealed class EqualGraphsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task RunAsync_EqualGraphsAsOne_ScoresTheFirstOfEachThatTheStrategyAsksFor(int workers)
    {
        var store = new InMemoryScoreStore();
        foreach (int round in (int[])[1, 2])
        {
            FunctionProxy proxy = FunctionProxy.Parameters();
            SearchResult result = await Searches.Tiny().UseSpace(new TwoBranches()).AddProxy(proxy).UseScoreStore(store).WithWorkers(workers).WithBudget(9)
                .TreatEqualGraphsAsOne().Build().RunAsync(TestContext.Current.CancellationToken);

            result.Ranked.Select(candidate => candidate.Architecture.Text).Distinct().Should().BeEquivalentTo("0+0", "0+1", "0+2", "1+1", "1+2", "2+2");
            proxy.Calls.Should().Be(round == 1 ? 6 : 0, "what is stored is found again");
        }
    }

    [Fact]
    public async Task RunAsync_SpaceThatCannotDescribeOne_FailsThatOneAlone()
    {
        SearchResult result = await Searches.Tiny().UseSpace(new TwoBranches { Missing = "1+0" }).AddProxy(FunctionProxy.Parameters()).WithBudget(9)
            .TreatEqualGraphsAsOne().Build().RunAsync(TestContext.Current.CancellationToken);

        result.Ranked.Select(candidate => candidate.Architecture.Text).Distinct().Should().HaveCount(7).And.Contain("1+0");
    }

    // The order of two branches that are added changes nothing.
    private sealed class TwoBranches() : GenomeSearchSpace("branches", [3, 3])
    {
        public string? Missing { get; init; }

        public override Architecture Parse(string text) => Create(text[0] - '0', text[2] - '0');

        public override NetworkGraph Describe(Architecture architecture, NetworkShape shape)
        {
            GraphValue x = Graph.Images(shape);
            return architecture.Text == Missing
                ? throw new NotSupportedException("Too odd.")
                : Graph.Sum([.. architecture.Genes.Select(gene => x.Conv(4, 1 + (2 * gene)))]).GlobalAveragePool().Linear(shape.Classes).Build();
        }

        protected override string Format(ReadOnlySpan<int> genes) => $"{genes[0]}+{genes[1]}";
    }
}
