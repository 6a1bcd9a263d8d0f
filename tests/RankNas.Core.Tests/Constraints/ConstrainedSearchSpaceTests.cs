using CsCheck;
using RankNas.Abstractions.Tests.Support;
using RankNas.Constraints;
using RankNas.Graphs;
using RankNas.SearchSpaces;

namespace RankNas.Core.Tests.Constraints;

public class ConstrainedSearchSpaceTests
{
    private static readonly GridSpace Grid = GridSpace.Of(positions: 4, alleles: 4, architecture => architecture.Genes[0] != 1);
    private static readonly ConstrainedSearchSpace Even = Constrain(Grid, architecture => architecture.Genes.Sum() % 2 == 0, "an even sum");

    [Fact]
    public void Everything_ButWhatIsViable_IsTheSpacesOwn()
    {
        Architecture architecture = Grid.Create(1, 2, 3, 0);
        Even.Id.Should().Be("grid", "scores do not depend on constraints");
        Even.Count.Should().Be(256);
        Even.Parse("1-2-3-0").Should().Be(architecture);
        Even.IndexOf(architecture).Should().Be(Grid.IndexOf(architecture));
        Even.FromIndex(77).Should().Be(Grid.FromIndex(77));
    }

    [Fact]
    public void IsViable_IsWhatIsViableAndAdmitted() =>
        AllOf(Grid).Where(Even.IsViable).Should().Equal(AllOf(Grid).Where(architecture => architecture.Genes[0] != 1 && architecture.Genes.Sum() % 2 == 0));

    [Fact]
    public void Moves_StayWithinWhatIsAdmitted() => Gen.Int[0, int.MaxValue].Sample(seed =>
    {
        var random = new Random(seed);
        Architecture first = Even.Sample(random);
        Architecture second = Even.Sample(random);
        (Architecture child, Architecture other) = Even.Crossover(first, second, random);
        new[] { first, second, child, other, Even.Mutate(first, random), Even.Neighbor(first, random) }.Should().OnlyContain(architecture => Even.IsViable(architecture));
        Even.Neighbor(first, random).Should().NotBe(first);
    }, iter: 200);

    [Fact]
    public void Sample_IsUniformOverWhatIsAdmitted()
    {
        var random = new Random(1);
        Architecture[] admitted = [.. AllOf(Grid).Where(Even.IsViable)];
        int[] counts = new int[admitted.Length];
        for (int draw = 0; draw < 100 * admitted.Length; draw++)
        {
            counts[Array.IndexOf(admitted, Even.Sample(random))]++;
        }

        ChiSquaredTest.OfUniform(counts).Should().BeGreaterThan(ChiSquaredTest.Significance);
    }

    [Fact]
    public void Mutate_WhereNoSingleChangeIsAdmitted_IsTheArchitectureItself()
    {
        ConstrainedSearchSpace same = Constrain(GridSpace.Of(3, 3), architecture => architecture.Genes.Distinct().Count() == 1, "equal genes");
        Architecture zeros = same.Parse("0-0-0");
        same.Mutate(zeros, new Random(1)).Should().Be(zeros);
        same.Neighbor(zeros, new Random(1)).Text.Should().BeOneOf("1-1-1", "2-2-2");
    }

    [Fact]
    public void Crossover_AChildThatIsNotAdmitted_GivesWayToItsParent()
    {
        GridSpace grid = GridSpace.Of(4, 2);
        Architecture zeros = grid.Create(0, 0, 0, 0);
        Architecture ones = grid.Create(1, 1, 1, 1);
        ConstrainedSearchSpace two = Constrain(grid, architecture => architecture.Equals(zeros) || architecture.Equals(ones), "equal genes");
        var random = new Random(1);
        for (int attempt = 0; attempt < 50; attempt++)
        {
            (Architecture first, Architecture second) = two.Crossover(zeros, ones, random);
            (first.Equals(zeros) || first.Equals(ones)).Should().BeTrue();
            (second.Equals(zeros) || second.Equals(ones)).Should().BeTrue();
        }
    }

    [Fact]
    public void WhereDrawingFindsNothing_ASmallSpaceIsGoneThrough()
    {
        // 59,049 architectures, of which two are admitted: too few to draw in 10,000 attempts but once in four times.
        GridSpace grid = GridSpace.Of(10, 3);
        ConstrainedSearchSpace few = Constrain(
            grid, architecture => grid.IndexOf(architecture) is 123 or 54_321, "two places");
        Architecture[] drawn = [.. Enumerable.Range(0, 40).Select(seed => few.Sample(new Random(seed)))];
        drawn.Select(grid.IndexOf).Distinct().Should().BeEquivalentTo([123L, 54_321L]);
        few.Neighbor(grid.FromIndex(123), new Random(1)).Should().Be(grid.FromIndex(54_321));
    }

    [Fact]
    public void Sample_WhereNothingIsAdmitted_NamesTheConstraints()
    {
        var none = new ConstrainedSearchSpace(
            Grid, new NetworkShape(), new PredicateConstraint(_ => true, "a good name"), new PredicateConstraint(_ => false, "no shape"));
        FluentActions.Invoking(() => none.Sample(new Random(1))).Should().Throw<NoAdmissibleArchitectureException>()
            .WithMessage("Nothing in grid was found that has a good name and no shape: loosen the constraints.");
    }

    [Fact]
    public void Sample_WhereNothingIsAdmittedInALargeSpace_GivesUp()
    {
        int asked = 0;
        ConstrainedSearchSpace none = Constrain(GridSpace.Of(20, 8), _ => Interlocked.Increment(ref asked) < 0, "the impossible");
        FluentActions.Invoking(() => none.Sample(new Random(1))).Should().Throw<NoAdmissibleArchitectureException>();
        asked.Should().BeLessThanOrEqualTo(10_000);
    }

    [Fact]
    public void Sample_OfASearchThatIsCancelled_EndsAtOnce_AndTheNextSearchDrawsOn()
    {
        using var cancellation = new CancellationTokenSource();
        int asked = 0;
        ConstrainedSearchSpace space = Constrain(
            GridSpace.Of(20, 8), _ =>
            {
                if (++asked == 7)
                {
                    cancellation.Cancel();
                }

                return asked > 7;
            }, "patience");
        FluentActions.Invoking(() => space.During(cancellation.Token).Sample(new Random(1))).Should().Throw<OperationCanceledException>();
        asked.Should().Be(7);
        space.Sample(new Random(2)).Should().NotBeNull();
    }

    [Fact]
    public void Sample_WhileASmallSpaceIsListed_EndsWithTheSearch_AndTheListIsWholeLater()
    {
        using var cancellation = new CancellationTokenSource();
        int asked = 0;
        GridSpace grid = GridSpace.Of(8, 4);
        ConstrainedSearchSpace space = Constrain(grid, architecture =>
        {
            // More than is ever drawn: by now it is being listed.
            if (++asked == 20_000)
            {
                cancellation.Cancel();
            }

            return grid.IndexOf(architecture) is 65_500;
        }, "one place");
        FluentActions.Invoking(() =>
        {
            for (int seed = 0; seed < 100; seed++)
            {
                space.During(cancellation.Token).Sample(new Random(seed));
            }
        }).Should().Throw<OperationCanceledException>();
        grid.IndexOf(space.Sample(new Random(1))).Should().Be(65_500);
    }

    [Fact]
    public void AConstraintThatThrows_IsNamed_WithWhatItThrew()
    {
        ConstrainedSearchSpace space = Constrain(Grid, _ => throw new KeyNotFoundException("Lost.\n at x"), "found");
        SearchComponentException failure = FluentActions.Invoking(() => space.Sample(new Random(1))).Should().Throw<SearchComponentException>()
            .WithMessage("The constraint 'found' failed on *: Lost.").Which;
        failure.InnerException.Should().BeOfType<KeyNotFoundException>();
    }

    [Fact]
    public void AConstraint_IsAskedOnceForAnArchitecture_AndNotWhereAnEarlierOneRefuses()
    {
        int first = 0;
        int second = 0;
        var space = new ConstrainedSearchSpace(
            Grid,
            new NetworkShape(),
            new PredicateConstraint(candidate => Interlocked.Increment(ref first) > 0 && candidate.Architecture.Genes[1] == 2, "first"),
            new PredicateConstraint(_ => Interlocked.Increment(ref second) > 0, "second"));
        for (int round = 0; round < 3; round++)
        {
            AllOf(Grid).Count(space.IsViable).Should().Be(3 * 16);
        }

        first.Should().Be(3 * 64, "a quarter is not viable");
        second.Should().Be(3 * 16);
    }

    [Fact]
    public void Canonicalize_ToARepresentativeThatIsNotAdmitted_StaysWithTheArchitecture()
    {
        var folded = new FoldedSpace();
        ConstrainedSearchSpace upper = Constrain(folded, architecture => architecture.Genes[0] > 0, "a first gene above 0");
        upper.Canonicalize(folded.Create(2, 1)).Should().Be(folded.Create(2, 1));
        new ConstrainedSearchSpace(folded, new NetworkShape()).Canonicalize(folded.Create(2, 1)).Should().Be(folded.Create(0, 1));
    }

    private static ConstrainedSearchSpace Constrain(ISearchSpace space, Func<Architecture, bool> admits, string description) =>
        new(space, new NetworkShape(), new PredicateConstraint(candidate => admits(candidate.Architecture), description));

    private static IEnumerable<Architecture> AllOf(GridSpace space) => Enumerable.Range(0, (int)space.Count).Select(index => space.FromIndex(index));

    /// <summary>A space in which the first gene makes no difference.</summary>
    private sealed class FoldedSpace() : GenomeSearchSpace("folded", [3, 3])
    {
        public override Architecture Canonicalize(Architecture architecture) => Create(0, architecture.Genes[1]);

        public override Architecture Parse(string text) => throw new NotSupportedException();

        protected override string Format(ReadOnlySpan<int> genes) => $"{genes[0]}-{genes[1]}";
    }
}
