using RankNas.Graphs;
using RankNas.SearchSpaces;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests;

public class SkipDepthTests
{
    [Theory]
    [InlineData("|none~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|", 2)]
    [InlineData("|skip_connect~0|+|none~0|skip_connect~1|+|none~0|none~1|skip_connect~2|", 0)]
    [InlineData("|skip_connect~0|+|skip_connect~0|none~1|+|skip_connect~0|none~1|none~2|", 1)]
    [InlineData("|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|skip_connect~1|skip_connect~2|", 0.5)]
    [InlineData("|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|", 0)]
    public void Score_IsTheMeanNumberOfNodesPassedOver(string architecture, double expected)
    {
        var space = new NatsTopologySpace();
        using nn.Module<Tensor, Tensor> network = space.BuildNetwork(space.Parse(architecture), new NetworkShape());

        new SkipDepth().Score(network, zeros(1, 3, 32, 32)).Should().Be(expected);
    }

    [Fact]
    public void Score_SizeSpace_IsThatOfItsOneCell()
    {
        var space = new NatsSizeSpace();
        using nn.Module<Tensor, Tensor> network = space.BuildNetwork(space.FromIndex(7), new NetworkShape());

        new SkipDepth().Score(network, zeros(1, 3, 32, 32)).Should().Be(2);
    }

    [Fact]
    public void Score_NetworkWithoutCells_SaysWhatToMark()
    {
        using nn.Module<Tensor, Tensor> network = nn.ReLU();
        FluentActions.Invoking(() => new SkipDepth().Score(network, zeros(1, 3, 4, 4))).Should().Throw<ProxyNotApplicableException>()
            .WithMessage("skip-depth saw no cells (it is defined for graphs with cells, whose edges Edge(…) marks)");
    }

    [Fact]
    public void Proxy_Describes_Itself() =>
        ProxyDescriptor.Of(new SkipDepth()).Should().Be(new ProxyDescriptor("skip-depth", "", ScoreDirection.HigherIsBetter));
}
