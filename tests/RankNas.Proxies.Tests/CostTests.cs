using RankNas.Graphs;
using RankNas.SearchSpaces;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests;

public class CostTests
{
    [Fact]
    public void Score_DensestTopologyNetwork_IsNatsBenchs()
    {
        var space = new NatsTopologySpace();
        using nn.Module<Tensor, Tensor> network = space.BuildNetwork(
            space.Parse("|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|"),
            new NetworkShape());
        using Tensor images = zeros(2, 3, 32, 32);

        new ParameterCount().Score(network, images).Should().Be(1_531_546);
        new MacCount().Score(network, images).Should().Be(220_119_680, "the number of images does not count");
    }

    [Fact]
    public void Score_SmallModule_IsCountedByHand()
    {
        using nn.Module<Tensor, Tensor> network = nn.Sequential(
            nn.Conv2d(3, 6, 3, padding: 1, stride: 2), nn.BatchNorm2d(6), nn.Conv2d(6, 4, (1, 2), groups: 2, bias: false),
            nn.Flatten(), nn.Linear(32, 10));
        using Tensor images = zeros(3, 3, 8, 6);

        // Images 6×8×6 → 4×3 → 4×2.
        new ParameterCount().Score(network, images).Should().Be((6 * 3 * 9 + 6) + (6 + 6) + (4 * 3 * 2) + (32 * 10 + 10));
        new MacCount().Score(network, images).Should().Be((6 * 3 * 9 * 4 * 3) + (4 * 3 * 2 * 4 * 2) + (32 * 10));
    }

    [Fact]
    public void ParameterCount_FrozenParameters_DoNotCount()
    {
        TorchSharp.Modules.Linear frozen = nn.Linear(12, 5);
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten(), frozen, nn.Linear(5, 2));
        frozen.weight!.requires_grad = false;
        using Tensor images = zeros(1, 3, 2, 2);

        new ParameterCount().Score(network, images).Should().Be(5 + (5 * 2) + 2);
    }
}
