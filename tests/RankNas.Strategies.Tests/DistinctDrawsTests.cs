using RankNas.Abstractions.Tests.Support;
using RankNas.SearchSpaces;
using RankNas.Strategies.Tests.Support;

namespace RankNas.Strategies.Tests;

public class DistinctDrawsTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(4096)]
    public void Take_MoreThanIsViable_GivesAllThatIs_OnceEach(int expected)
    {
        GridSpace sparse = GridSpace.Of(6, 4, architecture => architecture.Genes[0] == architecture.Genes[1] && architecture.Genes[2] == 0);
        var draws = new DistinctDraws(sparse, new Random(1), expected);
        Architecture[] drawn = [.. draws.Take(100), .. draws.Take(10_000), .. draws.Take(1)];
        drawn.OrderBy(sparse.IndexOf).Should().Equal(sparse.Viable);
    }

    [Theory]
    [InlineData(16, false)]
    [InlineData(17, true)]
    public void Take_OfMoreThanAQuarterOfASmallSpace_ShufflesItAndDrawsNothing(int expected, bool isShuffled)
    {
        var space = new RecordingSpace(GridSpace.Of(3, 4));
        new DistinctDraws(space, new Random(1), expected).Take(expected).Should().HaveCount(expected).And.OnlyHaveUniqueItems();
        (space.Sampled == 0).Should().Be(isShuffled);
    }

    [Fact]
    public void Take_FromASpaceTooLargeToShuffle_GivesWhatIsAskedFor()
    {
        var draws = new DistinctDraws(GridSpace.Of(20, 8), new Random(1), int.MaxValue);
        draws.Take(500).Concat(draws.Take(500)).Should().HaveCount(1000).And.OnlyHaveUniqueItems();
    }
}
