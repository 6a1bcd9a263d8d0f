using RankNas.Graphs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Torch.Tests;

public class GraphModuleLayoutTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(16)]
    [InlineData(20)]
    public void Call_AnyChannels_PassesNhwcToConvolutionsAndAgreesWithFloat64(int channels)
    {
        using DisposeScope scope = NewDisposeScope();
        var shape = new NetworkShape { Channels = 3, Height = 6, Width = 5, Classes = 4 };
        using GraphModule network = Graph.Images(shape).Conv(channels, kernel: 3).BatchNorm().Relu().Conv(channels, kernel: 3).BatchNorm().GlobalAveragePool().Linear(4).Build().ToModule(seed: 1);
        using GraphModule precise = network.Graph.ToModule(seed: 1);
        precise.to(ScalarType.Float64);
        var strides = new List<long[]>();
        foreach (Conv2d convolution in network.modules().OfType<Conv2d>())
        {
            convolution.register_forward_pre_hook((_, input) =>
            {
                strides.Add(input.stride());
                return input;
            });
        }

        Tensor images = NormalDraw.Of(16, 3, 6, 5);
        Tensor logits = network.call(images), expected = precise.call(images.to(ScalarType.Float64));
        logits.pow(2).sum().backward();
        expected.pow(2).sum().backward();

        strides.Select(stride => stride[1]).Should().AllBeEquivalentTo(1L, "the channels of a pixel lie side by side");
        foreach (((string name, Parameter one), (_, Parameter other)) in network.named_parameters().Zip(precise.named_parameters()))
        {
            double difference = (one.grad!.to(ScalarType.Float64) - other.grad!).norm().item<double>();
            difference.Should().BeLessThan(1e-4 * (1 + other.grad!.norm().item<double>()), name);
        }
    }
}
