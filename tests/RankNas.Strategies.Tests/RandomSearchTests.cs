using RankNas.Abstractions.Tests.Support;
using RankNas.SearchSpaces;
using RankNas.Strategies.Tests.Support;

namespace RankNas.Strategies.Tests;

public class RandomSearchTests
{
    private static readonly GridSpace Sparse = GridSpace.Of(3, 3, architecture => architecture.Genes.Sum() % 4 != 0);

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(20)]
    public async Task ASample_IsAsLargeAsTheBudget_WithoutReplacement(int budget)
    {
        var context = new KnownContext(Sparse, budget, new Random(1));
        IReadOnlyList<Architecture> found = await new RandomSearch().RunAsync(context);
        found.Should().HaveCount(Math.Min(budget, Sparse.Viable.Count())).And.OnlyHaveUniqueItems();
        context.Asked.SelectMany(asked => asked).Should().OnlyHaveUniqueItems().And.OnlyContain(architecture => Sparse.IsViable(architecture));
    }

    [Fact]
    public async Task ABudgetWithoutLimit_BeginsToScoreAtOnce()
    {
        var context = new KnownContext(GridSpace.Of(20, 8), int.MaxValue, new Random(1)) { CancelledAfter = 3000 };
        IReadOnlyList<Architecture> found = await new RandomSearch().RunAsync(context);
        found.Should().HaveCount(3000).And.OnlyHaveUniqueItems();
        context.Asked.Should().HaveCount(3);
    }

    [Fact]
    public async Task ABudgetLargerThanTheSpace_ScoresAllThatIsViable()
    {
        IReadOnlyList<Architecture> found = await new RandomSearch().RunAsync(new KnownContext(Sparse, 1000, new Random(1)));
        found.Should().BeEquivalentTo(Sparse.Viable);
    }

    // With a small budget the sample is drawn, with a larger one the space is shuffled.
    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    public async Task EveryViableArchitecture_IsDrawnAlike(int budget)
    {
        Architecture[] viable = [.. Sparse.Viable];
        int[] first = new int[viable.Length];
        int[] last = new int[viable.Length];
        int[] anywhere = new int[viable.Length];
        for (int seed = 0; seed < 4000; seed++)
        {
            IReadOnlyList<Architecture> found = await new RandomSearch().RunAsync(new KnownContext(Sparse, budget, new Random(seed)));
            first[Array.IndexOf(viable, found[0])]++;
            last[Array.IndexOf(viable, found[^1])]++;
            foreach (Architecture drawn in found)
            {
                anywhere[Array.IndexOf(viable, drawn)]++;
            }
        }

        ChiSquaredTest.OfUniform(first).Should().BeGreaterThan(ChiSquaredTest.Significance);
        ChiSquaredTest.OfUniform(last).Should().BeGreaterThan(ChiSquaredTest.Significance);
        ChiSquaredTest.OfInclusion(anywhere, budget).Should().BeGreaterThan(ChiSquaredTest.Significance);
    }
}
