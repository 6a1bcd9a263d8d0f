using RankNas.Abstractions.Tests.Support;
using RankNas.SearchSpaces;
using RankNas.Strategies.Tests.Support;

namespace RankNas.Strategies.Tests;

public class ExhaustiveSearchTests
{
    private static readonly GridSpace Sparse = GridSpace.Of(6, 4, architecture => architecture.Genes.Sum() % 5 != 0);

    [Theory]
    [InlineData(1)]
    [InlineData(1025)]
    [InlineData(1_000_000)]
    public async Task ViableArchitectures_AreScoredInTheOrderOfTheirIndex_AsFarAsTheBudgetGoes(int budget)
    {
        IReadOnlyList<Architecture> found = await new ExhaustiveSearch().RunAsync(new KnownContext(Sparse, budget, new Random(1)));
        found.Should().Equal(Sparse.Viable.Take(budget));
        found.Select(Sparse.IndexOf).Should().BeInAscendingOrder();
    }

    [Fact]
    public async Task ABudgetSmallerThanTheSpace_EndsSoonAfterIt()
    {
        var context = new KnownContext(GridSpace.Of(20, 8), 10, new Random(1));
        (await new ExhaustiveSearch().RunAsync(context)).Should().HaveCount(10);
        context.Asked.Should().ContainSingle();
    }

    [Fact]
    public async Task ASpaceOfNothingViable_GivesNothing()
    {
        var context = new KnownContext(GridSpace.Of(2, 2, _ => false), 10, new Random(1));
        (await new ExhaustiveSearch().RunAsync(context)).Should().BeEmpty();
    }
}
