using RankNas.Abstractions.Tests.Support;
using RankNas.Ranking;
using RankNas.Strategies.Tests.Support;

namespace RankNas.Strategies.Tests.Docs;

public class StrategiesPageTests
{
    [Fact]
    public void TheExample_IsTheOneThatIsCompiledHere()
    {
        const string Declaration = "public sealed class HillClimber";
        string page = File.ReadAllText(Repository.PathOf("docs", "strategies.md"));
        string code = File.ReadAllText(Repository.PathOf("tests", "RankNas.Strategies.Tests", "Docs", "HillClimber.cs"));
        page.Should().Contain(code[code.IndexOf(Declaration, StringComparison.Ordinal)..]);
    }

    [Fact]
    public async Task TheExample_Climbs_AndKeepsToTheBudget()
    {
        GridSpace grid = GridSpace.Of(5, 4);
        var context = new KnownContext(grid, 300, new Random(1));
        IReadOnlyList<ScoredArchitecture> found = await new HillClimber().SearchAsync(context, TestContext.Current.CancellationToken);
        context.Rank(found)[0].Architecture.Should().Be(KnownScores.BestOf(grid));
        context.Evaluations.Should().BeLessThanOrEqualTo(300);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task TheExample_EndsInASmallSpace(int alleles)
    {
        GridSpace grid = GridSpace.Of(2, alleles);
        var context = new KnownContext(grid, 300, new Random(1));
        (await new HillClimber().RunAsync(context)).Should().NotBeEmpty().And.BeSubsetOf(grid.Viable);
    }

    [Fact]
    public async Task TheExample_CancelledBeforeTheFirstScore_GivesNothing()
    {
        var context = new KnownContext(GridSpace.Of(2, 3), 300, new Random(1)) { CancelledAfter = 0 };
        (await new HillClimber().RunAsync(context)).Should().BeEmpty();
    }
}
