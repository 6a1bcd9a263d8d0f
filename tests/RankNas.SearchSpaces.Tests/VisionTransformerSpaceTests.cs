using RankNas.Graphs;
using RankNas.Torch;

namespace RankNas.SearchSpaces.Tests;

public class VisionTransformerSpaceTests
{
    private const string Mixed = "patch=4,embedding=216,layers=h3m3.5-h4m4-h3m4-h3m3.5-h4m4-h3m4-h3m3.5-h4m4-h3m4-h3m3.5-h4m4-h3m4-h4m3.5";

    private static readonly VisionTransformerSpace Space = new();

    [Fact]
    public void CostOf_ANetwork_IsThatOfItsLayersByHand()
    {
        const long width = 216, tokens = (24 / 4 * (16 / 4)) + 1;
        long parameters = (width * ((2 * 4 * 4) + 1)) + width + (tokens * width), macs = width * 2 * 4 * 4 * (tokens - 1);
        foreach ((int heads, int wide) in Mixed.Split('=')[^1].Split('-').Select(layer => (layer[1] - '0', layer.EndsWith('5') ? 756 : 864)))
        {
            long inner = 64 * heads;
            parameters += (2 * width) + (width * 3 * inner) + (3 * inner) + (inner * width) + width;
            parameters += (2 * width) + (width * wide) + wide + (wide * width) + width;
            macs += tokens * ((width * 3 * inner) + (inner * width) + (2 * width * wide)) + (2 * heads * tokens * tokens * 64);
        }

        Space.CostOf(Space.Parse(Mixed), new NetworkShape { Channels = 2, Height = 24, Width = 16, Classes = 7 })
            .Should().Be(new NetworkCost(parameters + (2 * width) + (7 * width) + 7, macs + (7 * width)));
    }

    [Theory]
    [InlineData(4, 20, 12)]
    [InlineData(8, 16, 40)]
    public void CostOf_AnyArchitecture_HasTheParametersOfTheModule(int patch, int height, int width)
    {
        var space = new VisionTransformerSpace(new VisionTransformerOptions { Patches = [patch] });
        var shape = new NetworkShape { Height = height, Width = width, Channels = 1, Classes = 3 };
        Architecture architecture = space.Sample(new Random(height));

        space.CostOf(architecture, shape).Parameters.Should().Be(NetworkCostMeter.Measure(space, architecture, shape).Parameters);
    }

    [Fact]
    public void Create_GenesOfLayersBeyondTheDepth_DoNotMatter()
    {
        int[] genes = [.. Space.Alleles.Select(count => count - 1)];
        genes[2] = 0;
        Architecture shallow = Space.Create(genes);

        shallow.Text.Split('=')[^1].Split('-').Should().HaveCount(12);
        shallow.Genes.TakeLast(4).Should().AllBeEquivalentTo(0);
        Space.Create([.. shallow.Genes.SkipLast(1), 1]).Should().Be(shallow);
    }

    [Theory]
    [InlineData("", "*1 parts joined by ','*three: patch, embedding and layers*Write for example 'patch=4,*")]
    [InlineData("patch=16,embedding=192,layers=h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4", "*patch is '16', and must be one of 4, 8*")]
    [InlineData("patch=4,embedding=193,layers=h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4", "*embedding is '193', and must be one of 192, 216, 240*")]
    [InlineData("embedding=192,patch=4,layers=h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4", "*'embedding=192' should be patch=…*")]
    [InlineData("patch=4,embedding=192,layers=h3m4", "*it has 1 layers, and transformers of the space have 12 to 14*")]
    [InlineData("patch=4,embedding=192,layers=h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h3m4-h5m4", "*'h5m4' is no layer: h is one of 3, 4, m one of 3.5, 4*")]
    public void Parse_Malformed_SaysWhatToWrite(string text, string message) =>
        Space.Invoking(space => space.Parse(text)).Should().Throw<ArchitectureFormatException>().WithMessage(message);

    [Fact]
    public void Describe_ImagesThatAreNoMultipleOfThePatch_SaysSo() => Space.Invoking(
            space => space.Describe(space.Parse(Mixed), new NetworkShape { Height = 30, Width = 32 }))
        .Should().Throw<GraphException>().WithMessage("*patches of 4x4, and 30x32 is no multiple of it: resize the images*");

    [Theory]
    [InlineData]
    [InlineData(0)]
    [InlineData(65)]
    [InlineData(8, 4)]
    [InlineData(4, 4)]
    public void Options_PatchesOutOfOrder_SaySo(params int[] patches) => FluentActions.Invoking(() => new VisionTransformerOptions { Patches = [.. patches] })
        .Should().Throw<ArgumentException>().WithMessage("Patches is [*]: give one or more from 1 to 64, in ascending order.*");

    [Fact]
    public void Options_PatchesThatDoNotDivideTheResolution_AreRefused() =>
        FluentActions.Invoking(() => SpaceCatalog.Create("vit(resolution=28)")).Should().Throw<FormatException>().WithMessage("*Patches of 8 pixels do not divide images of 28*");

    [Fact]
    public void HasIndex_OfASpaceWithManyGenomes_IsFalse() => new VisionTransformerSpace().HasIndex.Should().BeFalse();
}
