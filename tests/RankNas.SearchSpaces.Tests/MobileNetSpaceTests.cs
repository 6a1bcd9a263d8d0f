using RankNas.Graphs;

namespace RankNas.SearchSpaces.Tests;

public class MobileNetSpaceTests
{
    private const string Example = "w0.5/k3e3-k5e6/se:k3e4-k7e3/k3e3-k3e3-k5e4/k3e3-k3e3/se:k3e3-k3e3-k7e6-k3e4";

    private static readonly MobileNetSpace Space = new();

    [Fact]
    public void Create_GenesOfBlocksBeyondTheDepth_DoNotMatter()
    {
        int[] genes = [.. Space.Alleles.Select(count => count - 1)];
        genes[1] = 0;
        Architecture shallow = Space.Create(genes);

        shallow.Text.Split('/')[1].Should().Be("se:k7e6-k7e6");
        shallow.Genes.Skip(1).Take(10).Should().Equal(0, 1, 2, 2, 2, 2, 0, 0, 0, 0);
        Space.Create([.. shallow.Genes.Take(8), 1, 2, .. shallow.Genes.Skip(10)]).Should().Be(shallow);
    }

    [Fact]
    public void CostOf_TheSmallestNetwork_HasTheParametersCountedByHand()
    {
        // At width 0.15 the stages have 8, 8, 16, 16 and 24 channels, as multiples of 8; the stem has 8.
        const string smallest = "w0.15/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3";
        long parameters = (3 * 8 * 9) + (2 * 8) + (8 * 9) + (2 * 8) + (8 * 8) + (2 * 8);
        int before = 8;
        foreach (int channels in (int[])[8, 8, 16, 16, 24])
        {
            foreach (int input in (int[])[before, channels])
            {
                int wide = 3 * input;
                parameters += (input * wide) + (2 * wide) + (wide * 9) + (2 * wide) + (wide * channels) + (2 * channels);
            }

            before = channels;
        }

        parameters += (24 * 144) + (2 * 144) + (144 * 10) + 10;

        Space.CostOf(Space.Parse(smallest), new NetworkShape()).Parameters.Should().Be(parameters);
        parameters.Should().BeInRange(22_500, 23_500, "the summary says 23 thousand");
    }

    // Squeezing to a quarter of the widened channels, and back, with biases.
    [Fact]
    public void CostOf_Squeezing_AddsTwoLayersToEachBlock()
    {
        long without = ParametersOf(Example.Replace("/se:k3e4", "/k3e4", StringComparison.Ordinal)), with = ParametersOf(Example);

        // Stage 1 at width 0.5: 16 channels widen fourfold to 64, 24 channels threefold to 72 (a quarter is 18, of which 24 is made).
        (with - without).Should().Be((64 * 16) + 16 + (16 * 64) + 64 + (72 * 24) + 24 + (24 * 72) + 72);
    }

    [Theory]
    [InlineData(32, 4)]
    [InlineData(28, 4)]
    [InlineData(63, 8)]
    [InlineData(64, 4)]
    [InlineData(96, 6)]
    [InlineData(127, 8)]
    [InlineData(128, 4)]
    [InlineData(224, 7)]
    public void Describe_ImagesOfAnySize_LeaveTheLastStageSoManyPixels(int side, int pixels)
    {
        NetworkGraph graph = Space.Describe(Space.Parse(Example), new NetworkShape { Height = side, Width = side });
        GraphNode last = graph.Nodes.Last(node => node.Shape.Length == 3);

        last.Shape[1..].Should().Equal(pixels, pixels);
    }

    [Theory]
    [InlineData("w0.5", "*it has 1 parts joined by '/' where there must be 6: the width and 5 stages*Write for example 'w0.15/*")]
    [InlineData("w0.6/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3", "*the width is 0.6, and the space has 0.15, 0.25, 0.35, 0.5, 0.75, 1*")]
    [InlineData("wNaN/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3", "*'wNaN' is no width*")]
    [InlineData("0.5/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3", "*'0.5' is no width*")]
    [InlineData("w0.5/k3e3/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3", "*'k3e3' has 1 blocks, and stages have 2 to 4*")]
    [InlineData("w0.5/k3e3-k4e3/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3", "*'k4e3' is no block: k is one of 3, 5, 7, e one of 3, 4, 6*")]
    [InlineData("w0.5/se:se:k3e3-k3e3/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3", "*'se:k3e3' is no block*")]
    public void Parse_Malformed_SaysWhatToWrite(string text, string message) =>
        Space.Invoking(space => space.Parse(text)).Should().Throw<ArchitectureFormatException>().WithMessage(message);

    [Fact]
    public void Options_OutOfRange_SaySo()
    {
        FluentActions.Invoking(() => new MobileNetOptions { Widths = [0.5, 0.25] }).Should().Throw<ArgumentException>().WithMessage("Widths is [0.5, 0.25]: give one or more from 0.05 to 4, in ascending order.*");
        FluentActions.Invoking(() => new MobileNetOptions { Widths = [double.NaN] }).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new MobileNetOptions { Widths = default }).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new MobileNetOptions { Resolution = 7 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Resolution is 7: it must be from 8 to 4,096.*");
    }

    [Fact]
    public void Options_CompareTheirValues()
    {
        new MobileNetOptions { Widths = [0.5, 1] }.Should().Be(new MobileNetOptions { Widths = [0.5, 1] });
        new MobileNetOptions { Widths = [0.5, 1] }.GetHashCode().Should().Be(new MobileNetOptions { Widths = [0.5, 1] }.GetHashCode());
        new MobileNetOptions { Widths = [0.5, 1] }.Should().NotBe(new MobileNetOptions { Widths = [0.5] });
    }

    private static long ParametersOf(string architecture) => Space.CostOf(Space.Parse(architecture), new NetworkShape()).Parameters;
}
