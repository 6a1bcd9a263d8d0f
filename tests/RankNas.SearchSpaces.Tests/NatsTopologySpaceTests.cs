using CsCheck;
using RankNas.Graphs;

namespace RankNas.SearchSpaces.Tests;

public class NatsTopologySpaceTests
{
    private const string All3x3 = "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|";

    private static readonly NatsTopologySpace Space = new();
    private static readonly Architecture[] All = [.. Enumerable.Range(0, 15_625).Select(index => Space.FromIndex(index))];

    [Fact]
    public void Count_IsThatOfNatsBench() => Space.Count.Should().Be(15_625);

    [Fact]
    public void Parse_EveryArchitecture_GivesItBack()
    {
        foreach (Architecture architecture in All)
        {
            Architecture parsed = Space.Parse(architecture.Text);
            parsed.Text.Should().Be(architecture.Text);
            parsed.Genes.Should().Equal(architecture.Genes);
        }

        All.Select(architecture => architecture.Text).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void IndexOf_EveryArchitecture_InvertsFromIndex() =>
        All.Select(Space.IndexOf).Should().Equal(Enumerable.Range(0, 15_625).Select(index => (long)index));

    [Fact]
    public void IsViable_WholeSpace_LeavesOutThoseWithoutAPath() => All.Count(Space.IsViable).Should().Be(15_284);

    [Fact]
    public void IsViable_WithBroken_IsAlwaysTrue() =>
        new NatsTopologySpace(new NatsTopologyOptions { IncludeBroken = true }).IsViable(All[0]).Should().BeTrue();

    [Fact]
    public void UniqueTextOf_WholeSpace_GivesAsManyGraphsAsNatsBench() =>
        All.Select(NatsTopologySpace.UniqueTextOf).Distinct().Should().HaveCount(6_466);

    [Fact]
    public void Canonicalize_WholeSpace_LeavesOneOfEachGraphOnceZerosAreDropped()
    {
        Architecture[] representatives = [.. All.Select(Space.Canonicalize).Distinct()];

        representatives.Should().HaveCount(5_390);
        representatives.Should().OnlyContain(architecture => Space.Canonicalize(architecture).Equals(architecture));
    }

    [Theory]
    [InlineData("|nor_conv_3x3~0|+|none~0|skip_connect~1|+|none~0|none~1|skip_connect~2|", "|nor_conv_3x3~0|+|none~0|none~1|+|none~0|skip_connect~1|none~2|")]
    [InlineData("|skip_connect~0|+|nor_conv_1x1~0|none~1|+|none~0|none~1|skip_connect~2|", "|none~0|+|nor_conv_1x1~0|none~1|+|none~0|none~1|skip_connect~2|")]
    public void Canonicalize_SameGraph_GivesTheSame(string one, string other) =>
        Space.Canonicalize(Space.Parse(one)).Should().Be(Space.Canonicalize(Space.Parse(other)));

    [Fact]
    public void CostOf_All3x3_IsThatOfNatsBench() =>
        Space.CostOf(Space.Parse(All3x3), new NetworkShape()).Should().Be(new NetworkCost(1_531_546, 220_119_680));

    [Fact]
    public void Create_Operations_AreTheEdgesInOrder() => Space.Create(
        CellOperation.Convolution3x3, CellOperation.None, CellOperation.SkipConnect, CellOperation.Convolution1x1,
        CellOperation.AveragePooling3x3, CellOperation.None).Text
        .Should().Be("|nor_conv_3x3~0|+|none~0|skip_connect~1|+|nor_conv_1x1~0|avg_pool_3x3~1|none~2|");

    [Theory]
    [InlineData("", "*groups of edges*")]
    [InlineData("|nor_conv_3x3~0|+|nor_conv_9x9~0|nor_conv_3x3~1|+|skip_connect~0|none~1|none~2|", "*no operation 'nor_conv_9x9', only none, skip_connect, nor_conv_1x1, nor_conv_3x3, avg_pool_3x3*")]
    [InlineData("|nor_conv_3x3~0|+|nor_conv_3x3~0|+|skip_connect~0|none~1|none~2|", "*'|nor_conv_3x3~0|' should be 2 of operation~source*")]
    [InlineData("|nor_conv_3x3~1|+|none~0|none~1|+|skip_connect~0|none~1|none~2|", "*'nor_conv_3x3~1' should be an operation and its source, as nor_conv_3x3~0*")]
    [InlineData("nor_conv_3x3~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|", "*each between bars*")]
    [InlineData("8:8:8:8:8", "*groups of edges*")]
    public void Parse_Malformed_SaysWhatToWrite(string text, string message) =>
        Space.Invoking(space => space.Parse(text)).Should().Throw<ArchitectureFormatException>().WithMessage(message).WithMessage("*Write for example*");

    [Fact]
    public void Parse_AnyText_GivesAnArchitectureOrOneError() => Gen.String.Sample(text =>
    {
        try
        {
            Space.Parse(text);
        }
        catch (ArchitectureFormatException)
        {
        }
    });

    [Fact]
    public void Operators_KeepArchitecturesViable() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        Architecture first = Space.Sample(random);
        Architecture second = Space.Sample(random);
        (Architecture one, Architecture other) = Space.Crossover(first, second, random);
        Architecture mutant = Space.Mutate(first, random);
        Architecture[] bred = [first, second, one, other, mutant, Space.Neighbor(first, random)];
        return bred.All(Space.IsViable) && first.Genes.Zip(mutant.Genes).Count(pair => pair.First != pair.Second) == 1;
    });

    [Fact]
    public void Id_WithOtherSettings_SaysSo()
    {
        Space.Id.Should().Be("nats-tss");
        new NatsTopologySpace(new NatsTopologyOptions { Channels = 8, CellsPerStage = 3 }).Id.Should().Be("nats-tss(channels=8,cells=3)");
        new NatsTopologySpace(new NatsTopologyOptions { IncludeBroken = true }).Id.Should().Be("nats-tss", "the networks are the same");
    }

    [Fact]
    public void Options_Defaults_AreThoseOfNatsBench() =>
        new NatsTopologyOptions().Should().Be(new NatsTopologyOptions { Channels = 16, CellsPerStage = 5, IncludeBroken = false });

    [Fact]
    public void Options_TooSmall_SaySo()
    {
        FluentActions.Invoking(() => new NatsTopologyOptions { Channels = 0 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Channels is 0: it must be from 1 to 4,096.*");
        FluentActions.Invoking(() => new NatsTopologyOptions { CellsPerStage = 0 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("CellsPerStage is 0: it must be from 1 to 1,000.*");
    }

    [Fact]
    public void FromIndex_WholeSpace_GivesTheArchitecturesOfNatsBench()
    {
        HashSet<string> published = [.. File.ReadLines(TestData.Path("nats-tss-accuracy.csv")).Skip(1).Select(line => line.Split(',')[1])];

        published.SetEquals(All.Select(architecture => architecture.Text)).Should().BeTrue();
    }
}
