using RankNas.Abstractions.Tests.Support;
using RankNas.SearchSpaces;
using RankNas.Strategies.Tests.Support;

namespace RankNas.Strategies.Tests;

public class GivenArchitecturesTests
{
    private static readonly GridSpace Space = GridSpace.Of(6, 4, architecture => architecture.Genes[0] != 3);
    private static readonly Architecture[] Some = [.. Enumerable.Range(0, 3000).Select(index => Space.FromIndex(4095 - index))];

    [Theory]
    [InlineData(1)]
    [InlineData(1500)]
    [InlineData(int.MaxValue)]
    public async Task TheGiven_AreScoredInTheirOrder_ViableOrNot_AsFarAsTheBudgetGoes(int budget)
    {
        var context = new KnownContext(Space, budget, new Random(1));

        IReadOnlyList<Architecture> found = await new GivenArchitectures(Some).RunAsync(context);

        found.Should().Equal(Some.Take(budget));
        context.Scored.Should().HaveCount(found.Count);
        Space.IsViable(found[0]).Should().BeFalse();
    }

    [Fact]
    public async Task GivenTwice_IsScoredOnce()
    {
        var context = new KnownContext(Space, 10, new Random(1));

        (await new GivenArchitectures(Some[0], Some[1], Some[0], Space.Parse(Some[1].Text)).RunAsync(context)).Should().Equal(Some[0], Some[1]);
    }

    [Fact]
    public async Task Nothing_GivesNothing() => (await new GivenArchitectures().RunAsync(new KnownContext(Space, 10, new Random(1)))).Should().BeEmpty();

    [Fact]
    public async Task ACancelledSearch_KeepsWhatIsScored_AndAsksForNoMore()
    {
        var context = new KnownContext(Space, int.MaxValue, new Random(1)) { CancelledAfter = 1100 };

        (await new GivenArchitectures(Some).RunAsync(context)).Should().Equal(Some.Take(1100));
        context.Asked.Should().HaveCount(2);
    }

    [Fact]
    public async Task ACancelledToken_AsksForNothing()
    {
        var context = new KnownContext(Space, 10, new Random(1));

        (await new GivenArchitectures(Some).SearchAsync(context, new CancellationToken(canceled: true))).Should().BeEmpty();
        context.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task WithoutAContext_Throws()
    {
        var given = new GivenArchitectures(Some);
        given.Id.Should().Be("given");
        await FluentActions.Awaiting(() => given.RunAsync(null!)).Should().ThrowAsync<ArgumentNullException>().WithParameterName("context");
    }

    [Fact]
    public void Settings_TellOtherArchitecturesApart()
    {
        string settings = new GivenArchitectures(Some).Settings;

        settings.Should().MatchRegex("^3000 architectures [0-9a-f]{16}$").And.Be(new GivenArchitectures([.. Some, Some[5]]).Settings);
        settings.Should().NotBe(new GivenArchitectures(Some.Reverse()).Settings).And.NotBe(new GivenArchitectures(Some.Skip(1)).Settings);
    }
}
