using System.Collections.Immutable;
using System.Numerics;
using CsCheck;
using RankNas.Abstractions.Tests.Support;
using RankNas.SearchSpaces;

namespace RankNas.Abstractions.Tests.SearchSpaces;

public class GenomeSearchSpaceTests
{
    private static readonly GridSpace Mixed = new([2, 1, 4, 3, 5]);
    private static readonly GridSpace Sparse = new([3, 4, 2, 3], architecture => architecture.Genes.Sum() % 3 != 1);

    private static readonly Gen<ImmutableArray<int>> Alleles = Gen.Int[1, 5].Array[1, 6].Select(alleles => alleles.ToImmutableArray());

    [Fact]
    public void Count_IsTheProductOfTheAlternatives() => Mixed.Count.Should().Be(2 * 1 * 4 * 3 * 5);

    [Fact]
    public void FromIndex_GoesThroughTheGenesInLexicographicOrder() => new GridSpace([2, 3]).Viable.Select(architecture => architecture.Text)
        .Should().Equal("0-0", "0-1", "0-2", "1-0", "1-1", "1-2");

    [Fact]
    public void IndexOf_IsTheInverseOfFromIndex() => Alleles.Sample(alleles =>
    {
        var space = new GridSpace(alleles);
        Enumerable.Range(0, (int)space.Count).All(index => space.IndexOf(space.FromIndex(index)) == index).Should().BeTrue();
        space.Viable.Distinct().Should().HaveCount((int)space.Count);
    }, iter: 50);

    [Theory]
    [InlineData(-1)]
    [InlineData(120)]
    public void FromIndex_OutsideTheSpace_Throws(long index) =>
        FluentActions.Invoking(() => Mixed.FromIndex(index)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(index));

    [Fact]
    public void ASpaceTooLargeForAnIndex_SaysSo_AndDoesAllElse()
    {
        var space = GridSpace.Of(positions: 80, alleles: 10);
        space.Count.Should().Be(BigInteger.Pow(10, 80));
        Architecture first = space.Sample(new Random(1));
        space.Invoking(one => one.FromIndex(0)).Should().Throw<NotSupportedException>()
            .WithMessage("grid has 1.0E+080 architectures, too many for an index: sample, mutate or parse them.");
        space.Invoking(one => one.IndexOf(first)).Should().Throw<NotSupportedException>().WithMessage("grid has 1.0E+080 architectures*");
        Moves(space, first);
    }

    [Fact]
    public void TheLargestSpaceWithAnIndex_HasOneForAll()
    {
        // 2⁶² architectures, and 2⁶³.
        var space = GridSpace.Of(positions: 62, alleles: 2);
        space.IndexOf(space.FromIndex((1L << 62) - 1)).Should().Be((1L << 62) - 1);
        GridSpace.Of(positions: 63, alleles: 2).Invoking(one => one.FromIndex(0)).Should().Throw<NotSupportedException>();
    }

    [Fact]
    public void FromIndex_WhereGenesMayNotMatter_GivesEachArchitectureOnce()
    {
        var space = new DeepSpace(kinds: 3);
        Architecture[] all = [.. Enumerable.Range(0, (int)space.Count).Select(index => space.FromIndex(index))];

        all.Should().HaveCount(3 + 9 + 27).And.OnlyHaveUniqueItems();
        all.Select(architecture => architecture.Text).Should().StartWith(["0", "1", "2", "0-0"]).And.EndWith(["2-2-1", "2-2-2"]);
        all.Select(space.IndexOf).Should().Equal(Enumerable.Range(0, all.Length).Select(index => (long)index));
        space.Invoking(one => one.FromIndex(all.Length)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void FromIndex_WhereGenesMayNotMatterAndThereAreTooManyToList_SaysSo() => new DeepSpace(kinds: 300).Invoking(space => space.FromIndex(0))
        .Should().Throw<NotSupportedException>().WithMessage("deep has 2.7E+007 architectures, too many for an index: sample, mutate or parse them.");

    [Fact]
    public void Moves_WhereGenesMayNotMatter_ChangeTheArchitecture() => Gen.Int.Sample(
        seed =>
        {
            var space = new DeepSpace(kinds: 2);
            var random = new Random(seed);
            Architecture architecture = space.Sample(random);
            space.Create([0, 1, 1, 1]).Should().Be(space.Create([0, 1, 0, 0]), "the second and third layer are not there");
            space.Mutate(architecture, random).Should().NotBe(architecture);
            space.Neighbor(architecture, random).Should().NotBe(architecture);
        },
        iter: 100);

    [Fact]
    public void AGenomeOfAHundredThousandGenes_DoesNotTakeTheStack()
    {
        var space = GridSpace.Of(positions: 100_000, alleles: 2);
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(() => Moves(space, space.Sample(new Random(1)))), maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();
        failure.Should().BeNull();
    }

    private static void Moves(GridSpace space, Architecture first)
    {
        var random = new Random(2);
        Architecture second = space.Sample(random);
        second.Should().NotBe(first);
        space.Mutate(first, random).Genes.Zip(first.Genes).Count(pair => pair.First != pair.Second).Should().Be(1);
        space.Neighbor(first, random).Should().NotBe(first);
        space.Crossover(first, second, random).First.Genes.Should().HaveCount(space.Alleles.Length);
        space.Parse(first.Text).Should().Be(first);
    }

    [Fact]
    public void Create_WrongGenes_SaysWhatIsWrong()
    {
        FluentActions.Invoking(() => Mixed.Create(0, 0)).Should().Throw<ArgumentException>()
            .WithMessage("An architecture of grid has 5 genes, not 2.*").WithParameterName("genes");
        FluentActions.Invoking(() => Mixed.Create(0, 0, 4, 0, 0)).Should().Throw<ArgumentException>()
            .WithMessage("Gene 2 of grid is 4: it goes from 0 to 3.*").WithParameterName("genes");
        FluentActions.Invoking(() => Mixed.Create(0, 0, -1, 0, 0)).Should().Throw<ArgumentException>()
            .WithMessage("Gene 2 of grid is -1: it goes from 0 to 3.*").WithParameterName("genes");
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 3, 0, 2 })]
    public void ASpaceWithoutChoices_SaysWhatItNeeds(int[] alleles) =>
        FluentActions.Invoking(() => new GridSpace([.. alleles])).Should().Throw<ArgumentException>().WithParameterName(nameof(alleles))
            .WithMessage("A space needs at least one position, and each position at least one alternative.*");

    [Fact]
    public void Sample_IsUniformOverWhatIsViable()
    {
        var random = new Random(1);
        Architecture[] viable = [.. Sparse.Viable];
        int[] counts = new int[viable.Length];
        for (int draw = 0; draw < 200 * viable.Length; draw++)
        {
            counts[Array.IndexOf(viable, Sparse.Sample(random))]++;
        }

        ChiSquaredTest.OfUniform(counts).Should().BeGreaterThan(ChiSquaredTest.Significance);
    }

    [Fact]
    public void Sample_WhereNothingIsViable_SaysSo() =>
        FluentActions.Invoking(() => new GridSpace([2, 2], _ => false).Sample(new Random(1))).Should().Throw<InvalidOperationException>()
            .WithMessage("No viable architecture in 100000 draws from grid: IsViable refuses too many.");

    [Fact]
    public void Mutate_ChangesOneGene_AndIsViable() => AnyMove(Sparse, (parent, random) =>
    {
        Architecture child = Sparse.Mutate(parent, random);
        Changes(parent, child).Should().Be(1);
        Sparse.IsViable(child).Should().BeTrue();
    });

    [Fact]
    public void Mutate_DrawsPositionsAlike_AndTheirOtherAlternativesAlike()
    {
        var random = new Random(2);
        Architecture parent = Mixed.Create(1, 0, 2, 0, 4);
        var counts = new Dictionary<(int Position, int Gene), int>();
        const int Draws = 24_000;
        for (int draw = 0; draw < Draws; draw++)
        {
            Architecture child = Mixed.Mutate(parent, random);
            int position = Enumerable.Range(0, 5).Single(place => child.Genes[place] != parent.Genes[place]);
            counts[(position, child.Genes[position])] = counts.GetValueOrDefault((position, child.Genes[position])) + 1;
        }

        counts.Should().HaveCount(1 + 3 + 2 + 4);
        ChiSquaredTest.OfCounts([.. counts.Select(one => (one.Value, Draws / 4.0 / (Mixed.Alleles[one.Key.Position] - 1)))])
            .Should().BeGreaterThan(ChiSquaredTest.Significance);
    }

    [Fact]
    public void Mutate_WhereNothingOneGeneAwayIsViable_IsTheArchitectureItself_WithoutDrawingForLong()
    {
        int asked = 0;
        var evenOnly = new GridSpace([2, 2, 2, 2], architecture =>
        {
            asked++;
            return architecture.Genes.Sum() % 2 == 0;
        });
        Architecture parent = evenOnly.Create(0, 1, 1, 0);

        evenOnly.Mutate(parent, new Random(1)).Should().Be(parent);
        asked.Should().BeLessThan(2_000);
    }

    [Fact]
    public void Mutate_WhereOneInThousandsIsViable_FindsIt()
    {
        var space = new GridSpace([2, 5_000], architecture => architecture.Genes[1] is 0 or 4_999 && architecture.Genes[0] == 0);

        space.Mutate(space.Create(0, 0), new Random(1)).Should().Be(space.Create(0, 4_999));
    }

    [Fact]
    public void Neighbor_ChangesOneToAllGenes_EveryNumberAlike()
    {
        var random = new Random(3);
        Architecture parent = Mixed.Create(1, 0, 2, 0, 4);
        int[] counts = new int[4];
        for (int draw = 0; draw < 8_000; draw++)
        {
            counts[Changes(parent, Mixed.Neighbor(parent, random)) - 1]++;
        }

        ChiSquaredTest.OfUniform(counts).Should().BeGreaterThan(ChiSquaredTest.Significance, "the position of one alternative never changes");
    }

    [Fact]
    public void Neighbor_ReachesEverythingElseThatIsViable()
    {
        var random = new Random(4);
        Architecture parent = Sparse.Viable.First();
        Enumerable.Range(0, 5_000).Select(_ => Sparse.Neighbor(parent, random)).Distinct().OrderBy(Sparse.IndexOf)
            .Should().Equal(Sparse.Viable.Where(other => !other.Equals(parent)));
    }

    [Fact]
    public void Crossover_ExchangesOneStretch_AndBothChildrenAreViable() => AnyMove(Sparse, (first, random) =>
    {
        Architecture second = Sparse.Sample(random);
        (Architecture one, Architecture other) = Sparse.Crossover(first, second, random);
        Sparse.IsViable(one).Should().BeTrue();
        Sparse.IsViable(other).Should().BeTrue();
        Children(first, second).Should().Contain(one);
        Children(second, first).Should().Contain(other);
    });

    [Fact]
    public void Crossover_DrawsEveryPairOfCutPointsAlike()
    {
        var grid = new GridSpace([2, 2, 2, 2, 2]);
        (Architecture zeros, Architecture ones) = (grid.Create(0, 0, 0, 0, 0), grid.Create(1, 1, 1, 1, 1));
        var random = new Random(5);
        var counts = new Dictionary<string, int>();
        for (int draw = 0; draw < 15_000; draw++)
        {
            (Architecture one, Architecture other) = grid.Crossover(zeros, ones, random);
            one.Genes.Zip(other.Genes, (first, second) => first + second).Should().OnlyContain(sum => sum == 1);
            counts[one.Text] = counts.GetValueOrDefault(one.Text) + 1;
        }

        counts.Should().HaveCount(6 * 5 / 2);
        ChiSquaredTest.OfUniform(counts.Values).Should().BeGreaterThan(ChiSquaredTest.Significance);
    }

    [Fact]
    public void Crossover_AChildThatIsNotViable_GivesWayToItsParent()
    {
        var same = new GridSpace([2, 2], architecture => architecture.Genes[0] == architecture.Genes[1]);
        var random = new Random(6);
        for (int draw = 0; draw < 50; draw++)
        {
            (Architecture one, Architecture other) = same.Crossover(same.Create(0, 0), same.Create(1, 1), random);
            one.Text.Should().BeOneOf("0-0", "1-1");
            other.Text.Should().BeOneOf("0-0", "1-1").And.NotBe(one.Text, "the stretch was all of it, or neither child was viable");
        }
    }

    [Fact]
    public void WhereNothingElseIsViable_AnArchitectureIsItsOwnMutantAndNeighbor()
    {
        var single = new GridSpace([3, 3], architecture => architecture.Text == "1-2");
        var one = new GridSpace([1, 1]);
        foreach (GridSpace space in new[] { single, one })
        {
            Architecture only = space.Viable.Single();
            space.Mutate(only, new Random(7)).Should().Be(only);
            space.Neighbor(only, new Random(7)).Should().Be(only);
            space.Crossover(only, only, new Random(7)).Should().Be((only, only));
        }
    }

    [Fact]
    public void EveryMove_FollowsFromTheGenerator() => Gen.Int[0, 1_000_000].Sample(seed =>
    {
        static string[] Moves(int seed)
        {
            var random = new Random(seed);
            Architecture first = Sparse.Sample(random);
            return [first.Text, Sparse.Mutate(first, random).Text, Sparse.Neighbor(first, random).Text, Sparse.Crossover(first, Sparse.Sample(random), random).First.Text];
        }

        Moves(seed).Should().Equal(Moves(seed));
    }, iter: 100);

    private static void AnyMove(GridSpace space, Action<Architecture, Random> check) => Gen.Int[0, 1_000_000].Sample(seed =>
    {
        var random = new Random(seed);
        check(space.Sample(random), random);
    }, iter: 2_000);

    private static int Changes(Architecture parent, Architecture child) => parent.Genes.Zip(child.Genes).Count(pair => pair.First != pair.Second);

    // All that one stretch of the second parent can make of the first.
    private static IEnumerable<Architecture> Children(Architecture outside, Architecture inside) =>
        from start in Enumerable.Range(0, 5)
        from end in Enumerable.Range(start, 5 - start)
        select Sparse.Create([.. outside.Genes.Select((gene, position) => position >= start && position < end ? inside.Genes[position] : gene)]);

    /// <summary>One to three layers, each of some kinds, written <c>0-2</c>.</summary>
    private sealed class DeepSpace(int kinds) : GenomeSearchSpace("deep", [3, kinds, kinds, kinds])
    {
        public override BigInteger Count => kinds + BigInteger.Pow(kinds, 2) + BigInteger.Pow(kinds, 3);

        public override Architecture Parse(string text) => throw new NotSupportedException();

        protected override void Normalize(Span<int> genes) => genes[(genes[0] + 2)..].Clear();

        protected override string Format(ReadOnlySpan<int> genes) => string.Join('-', genes[1..(genes[0] + 2)].ToArray());
    }
}
