using RankNas.Graphs;
using RankNas.SearchSpaces;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Gradients;

/// <summary>Float32, where libtorch's convolutions need looking after, against float64, backward passes included.</summary>
public class PrecisionTests
{
    // As many as it takes for a wrong 1×1 convolution to be wrong.
    private const int Images = 16;

    private static readonly IZeroCostProxy[] Proxies =
        [new Snip(), new GradientNorm(), new Fisher(), new Grasp(), new NtkConditionNumber(new NtkOptions { Images = 4 })];

    public static TheoryData<string> Architectures { get; } =
    [
        "|nor_conv_3x3~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_1x1~2|",
        "|nor_conv_1x1~0|+|none~0|nor_conv_1x1~1|+|avg_pool_3x3~0|skip_connect~1|none~2|",
        "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|",
        "8:24:40:56:64",
        "40:56:24:48:16",
    ];

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Score_Float32_IsFloat64s(string arch)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = randn([Images, 3, 8, 8], generator: new Generator(4));
        Tensor labels = arange(Images, dtype: ScalarType.Int64).remainder(10);
        using nn.Module<Tensor, Tensor> single = Build(arch);
        using nn.Module<Tensor, Tensor> wide = Build(arch).to(ScalarType.Float64);
        using var batch = new ProbeBatch(images, labels);
        using var wideBatch = new ProbeBatch(images.to(ScalarType.Float64), labels);

        // Where the images are cut off, no weight is informed of.
        foreach (IZeroCostProxy proxy in arch.Contains("none~0|none~1|none~2") ? Proxies : [.. Proxies, new Vkdnw()])
        {
            double exact = proxy.Score(wide, wideBatch);
            double score = proxy.Score(single, batch);

            // A ReLU's input next to 0 may have another sign.
            (score == exact || Math.Abs(score - exact) < 1e-3 * Math.Abs(exact))
                .Should().BeTrue($"{proxy.Id} is {score}, which should be {exact}");
        }
    }

    private static nn.Module<Tensor, Tensor> Build(string arch)
    {
        ISearchSpace space = arch.Contains('|')
            ? new NatsTopologySpace(new NatsTopologyOptions { CellsPerStage = 2 })
            : new NatsSizeSpace();
        nn.Module<Tensor, Tensor> network = space.BuildNetwork(space.Parse(arch), new NetworkShape());
        WeightInitializer.Default.Initialize(network, new WeightSeed(0, arch));
        return network;
    }
}
