using RankNas.Core.Tests.Support;
using RankNas.SearchSpaces;

namespace RankNas.Reproduction.Tests;

public class AuthorsSamplingTests
{
    private static readonly NatsTopologySpace Topology = new();
    private static readonly NatsSizeSpace Size = new();

    [Fact]
    public void DrawSample_TopologySpace_IsViableDistinctAndTheSameAgain()
    {
        Architecture[] sample = [.. AuthorsSampling.DrawSample(Topology, 1000, seed: 3)];
        sample.Should().HaveCount(1000).And.OnlyHaveUniqueItems().And.OnlyContain(architecture => Topology.IsViable(architecture));
        AuthorsSampling.DrawSample(Topology, 1000, seed: 3).Should().Equal(sample);
        AuthorsSampling.DrawSample(Topology, 1000, seed: 4).Should().NotEqual(sample);
    }

    // An edge is kept as none with probability 1/5 where the path does not have it: 0→3 is on one path of four, 0→2 on one, 1→2 on one, 0→1 on two,
    // 1→3 on one and 2→3 on two. What replaces none is uniform.
    [Fact]
    public void Draw_TopologySpace_HasOperationsAsOftenAsTheRuleSays()
    {
        const int Draws = 40_000;
        var random = new Random(1);
        int[] none = new int[6];
        int[] second = new int[6];
        for (int draw = 0; draw < Draws; draw++)
        {
            Architecture architecture = AuthorsSampling.Draw(Topology, random);
            for (int edge = 0; edge < 6; edge++)
            {
                none[edge] += architecture.Genes[edge] == (int)CellOperation.None ? 1 : 0;
                second[edge] += architecture.Genes[edge] == (int)CellOperation.Convolution3x3 ? 1 : 0;
            }
        }

        double[] onPath = [0.5, 0.25, 0.25, 0.25, 0.25, 0.5];
        for (int edge = 0; edge < 6; edge++)
        {
            double expected = 0.2 * (1 - onPath[edge]);
            ((double)none[edge] / Draws).Should().BeApproximately(expected, 0.01);
            ((double)second[edge] / Draws).Should().BeApproximately((1 - expected) / 4, 0.01);
        }
    }

    [Fact]
    public void DrawSample_SizeSpace_IsAllOfThoseWhoseWidthsDiffer()
    {
        Architecture[] all = [.. AuthorsSampling.DrawSample(Size, 6720, seed: 0)];
        all.Should().HaveCount(6720).And.OnlyHaveUniqueItems().And.OnlyContain(architecture => architecture.Genes.Distinct().Count() == 5);
        FluentActions.Invoking(() => AuthorsSampling.DrawSample(Size, 6721, seed: 0)).Should().Throw<ArgumentException>().WithMessage("*6,721*take fewer*");
    }

    [Fact]
    public void Of_ASpace_DrawsAsTheAuthorsDoAndIsItOtherwise()
    {
        ISearchSpace space = AuthorsSampling.Of(Size);
        var random = new Random(2);
        Enumerable.Range(0, 200).Should().OnlyContain(_ => space.Sample(random).Genes.Distinct().Count() == 5);
        Architecture equal = Size.Parse("8:8:8:8:8");
        (space.Id, space.Count, space.IndexOf(equal), space.IsViable(equal)).Should().Be((Size.Id, Size.Count, Size.IndexOf(equal), true));
        space.Mutate(equal, new Random(5)).Should().Be(Size.Mutate(equal, new Random(5)));
    }

    // The view has the space's own networks: a score is the same, and kept under the same key.
    [Fact]
    public async Task Of_ASpace_IsScoredAsTheSpaceItself()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        NasBuilder Builder(ISearchSpace space) => NasBuilder.Create().UseSpace(space).WithBatchSize(2).AddNaswot().UseGivenArchitectures(Size.Parse("8:8:8:8:8"));
        SearchResult plain = await Builder(Size).Build().RunAsync(token);
        SearchResult viewed = await Builder(AuthorsSampling.Of(Size)).Build().RunAsync(token);
        viewed.Best.Scores.Should().Equal(plain.Best.Scores);
        viewed.Space.Should().Be(plain.Space);
    }

    [Fact]
    public void Of_AnotherSpace_IsRefused()
    {
        AuthorsSampling.IsOf(new TinySpace()).Should().BeFalse();
        FluentActions.Invoking(() => AuthorsSampling.Of(new TinySpace())).Should().Throw<ArgumentException>().WithMessage("The authors have not drawn from *");
        FluentActions.Invoking(() => AuthorsSampling.Draw(new TinySpace(), new Random(0))).Should().Throw<ArgumentException>();
    }
}
