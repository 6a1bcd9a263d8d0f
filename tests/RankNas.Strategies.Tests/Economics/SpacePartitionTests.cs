using CsCheck;
using RankNas.Abstractions.Tests.Support;
using RankNas.SearchSpaces;
using RankNas.Strategies.Economics;

namespace RankNas.Strategies.Tests.Economics;

public class SpacePartitionTests
{
    private static readonly GridSpace Grid = GridSpace.Of(positions: 4, alleles: 4);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public void Regions_OfTheWholeSpace_AreEqualPartsInTheOrderOfTheGenes(int regions)
    {
        var partition = new SpacePartition([.. Grid.Viable], regions);
        int[] byIndex = [.. Grid.Viable.Select(partition.RegionOf)];
        byIndex.Should().BeInAscendingOrder("the index goes in the order of the genes");
        byIndex.GroupBy(region => region).Select(group => group.Count()).Should().HaveCount(regions)
            .And.OnlyContain(size => size == 256 / regions || size == (256 / regions) + 1);
    }

    [Fact]
    public void Regions_AsManyAsAlleles_AreThoseOfTheFirstGene()
    {
        var partition = new SpacePartition([.. Grid.Viable], 4);
        Grid.Viable.Should().OnlyContain(architecture => partition.RegionOf(architecture) == architecture.Genes[0]);
    }

    [Fact]
    public void Regions_OfAnySample_AreNoneEmpty() => Gen.Select(Gen.Int[1, 60], Gen.Int[1, 20], Gen.Int[0, 10_000]).Sample((size, regions, seed) =>
    {
        var random = new Random(seed);
        Architecture[] sample = [.. Enumerable.Range(0, size).Select(_ => Grid.Sample(random)).Distinct()];
        var partition = new SpacePartition(sample, regions);
        partition.Count.Should().Be(Math.Min(regions, sample.Length));
        sample.Select(partition.RegionOf).Distinct().Order().Should().Equal(Enumerable.Range(0, partition.Count));
    });

    [Fact]
    public void Regions_WithoutGenes_AreThoseOfTheTexts()
    {
        Architecture[] texts = [.. "abcdef".Select(letter => new Architecture(letter.ToString(), []))];
        var partition = new SpacePartition(texts, 3);
        texts.Select(partition.RegionOf).Should().Equal(0, 0, 1, 1, 2, 2);
    }
}
