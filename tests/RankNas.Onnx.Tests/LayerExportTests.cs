using CsCheck;
using RankNas.Graphs;
using RankNas.Onnx.Tests.Support;
using static TorchSharp.torch;

namespace RankNas.Onnx.Tests;

public class LayerExportTests
{
    private static readonly Gen<long> Side = Gen.Long[7, 12];

    [Fact]
    public void ToOnnx_AnyConvolution_ComputesWhatItDoes() => Gen.Select(
        Gen.Int[1, 3], Gen.Int[1, 2], Gen.Int[1, 4], Gen.Int[1, 3], Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2]), Gen.Int[1, 2], Gen.Bool, Gen.Select(Side, Side)).Sample(
        (groups, inOfGroup, kernel, stride, padding, dilation, bias, sides) => Check(
            nn.Sequential(nn.Conv2d(
                groups * inOfGroup, groups * 2, (kernel, Math.Max(1, kernel - 1)), (stride, 1), (padding.Item1, padding.Item2), (dilation, 1),
                groups: groups, bias: bias), nn.BatchNorm2d(groups * 2)),
            groups * inOfGroup, sides), iter: 60);

    [Fact]
    public void ToOnnx_AnyAveragePooling_ComputesWhatItDoes() => Gen.Select(
        Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[0, 1], Gen.Bool, Gen.Bool, Gen.Select(Side, Side)).Where(
        (kernel, _, padding, _, _, _) => 2 * padding <= kernel).Sample(
        (kernel, stride, padding, up, counts, sides) =>
            Check(nn.AvgPool2d(kernel, stride, padding, ceil_mode: up, count_include_pad: counts), 2, sides), iter: 80);

    [Fact]
    public void ToOnnx_AnyMaxPooling_ComputesWhatItDoes() => Gen.Select(
        Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[0, 1], Gen.Bool, Gen.Select(Side, Side)).Where((kernel, _, padding, _, _) => 2 * padding <= kernel).Sample(
        (kernel, stride, padding, up, sides) => Check(nn.MaxPool2d(kernel, stride, padding, ceil_mode: up), 2, sides), iter: 80);

    [Fact]
    public void ToOnnx_EveryOtherLayer_ComputesWhatItDoes() => Check(
        nn.Sequential(
            nn.Conv2d(3, 6, (5, 3), padding: TorchSharp.Padding.Same, dilation: (1, 2)), nn.ReLU(), nn.BatchNorm2d(6, affine: false), nn.Dropout(), nn.Dropout2d(), nn.Hardswish(), nn.Identity(),
            nn.Sequential(nn.Conv2d(6, 5, 1), nn.Sigmoid(), nn.AdaptiveAvgPool2d(1)),
            nn.Flatten(), nn.Linear(5, 4, hasBias: false), nn.LayerNorm(4), nn.Tanh(), nn.Linear(4, 3)),
        3,
        (9, 8));

    [Fact]
    public void ToOnnx_OneLayerTwice_SharesItsWeights()
    {
        var shared = nn.Conv2d(4, 4, 3, padding: 1, bias: false);
        using var network = nn.Sequential(shared, nn.BatchNorm2d(4), shared, nn.BatchNorm2d(4), nn.Flatten());
        Networks.Randomize(network, 9);
        network.eval();
        var shape = new NetworkShape { Channels = 4, Height = 8, Width = 8, Classes = 256 };
        using Tensor images = Networks.Images(4, 3, 4, 8, 8);
        foreach (bool fold in new[] { true, false })
        {
            using var session = new OnnxSession(network.ToOnnx(shape, new OnnxOptions { FoldBatchNorm = fold }));
            Networks.Difference(network, session, images).Should().BeLessThan(1e-5);
        }

        Networks.CountOf(network.ToOnnx(shape, new OnnxOptions { FoldBatchNorm = false }), "0.weight").Should().Be(3, "it is stored once and used twice");
    }

    [Fact]
    public void ToOnnx_ModuleThatDoesNot_IsNamedWithWhatToDo()
    {
        using var network = nn.Sequential(("stem", nn.Conv2d(3, 3, 3)), ("block", nn.Sequential(("inner", new Undescribed()))));
        Action export = () => network.ToOnnx(new NetworkShape());
        export.Should().Throw<OnnxExportException>()
            .WithMessage("'block.inner', a Undescribed, cannot be exported to ONNX: describe the network as a graph, from Graph.Images on, and export its ToModule().");
    }

    [Fact]
    public void ToOnnx_ImagesOfAnotherSize_NamesTheLayer()
    {
        using var network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Flatten(), nn.Linear(4 * 30 * 30, 10));
        Action export = () => network.ToOnnx(new NetworkShape { Height = 16 });
        export.Should().Throw<OnnxExportException>().WithMessage("'2', a Linear, cannot be exported to ONNX: it takes [3600], but gets [1680]*");
    }

    [Fact]
    public void ToOnnx_EveryActivation_ComputesWhatItDoes()
    {
        foreach (Func<nn.Module<Tensor, Tensor>> activation in (Func<nn.Module<Tensor, Tensor>>[])
        [
            () => nn.ReLU(), () => nn.ReLU6(), () => nn.LeakyReLU(0.2), () => nn.ELU(), () => nn.CELU(), () => nn.SELU(),
            () => nn.SiLU(), () => nn.GELU(), () => nn.Mish(), () => nn.Softplus(), () => nn.Softsign(), () => nn.Sigmoid(),
            () => nn.Tanh(), () => nn.Hardswish(), () => nn.Hardsigmoid(), () => nn.Softmax(1),
            () => nn.Dropout(), () => nn.AlphaDropout(), () => nn.Identity(),
        ])
        {
            Check(activation(), 3, (5, 6));
            Check(nn.Sequential(nn.AdaptiveMaxPool2d([1, 1]), nn.Flatten(), activation()), 3, (5, 6));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 3)]
    [InlineData(2, 9)]
    public void ToOnnx_AdaptivePoolingToSizesThatDivide_ComputesWhatItDoes(int height, int width) => Check(nn.AdaptiveAvgPool2d((height, width)), 2, (8, 9));

    [Fact]
    public void ToOnnx_LayersThatAreNotSupported_EachSayWhichAndWhatToDoInOneLine()
    {
        foreach ((nn.Module<Tensor, Tensor> layer, string reason) in ((nn.Module<Tensor, Tensor>, string)[])
        [
            (nn.AdaptiveAvgPool2d(5), "it pools 32x32 to 5x5, in windows of different sizes: pool to sizes that divide those"),
            (nn.AdaptiveMaxPool2d([2, 2]), "of adaptive max pooling, only that to 1x1 is supported"),
            (nn.Hardtanh(-0.5, 0.75), "graphs have no such operation: use a layer that is supported"),
            (nn.PReLU(3, 0.3), "graphs have no such operation: use a layer that is supported"),
            (nn.ELU(1.5), "graphs have no such operation: use a layer that is supported"),
            (nn.LogSoftmax(1), "graphs have no such operation: use a layer that is supported"),
            (nn.GELU(TorchSharp.Modules.GELU.Approximate.tanh), "graphs have no such operation: use a layer that is supported"),
            (nn.MaxPool2d(3, dilation: 2), "its window is dilated, which graphs have not"),
            (nn.AvgPool2d(40), "its window of 40 pixels is larger than 32"),
            (nn.Conv2d(3, 3, 4, padding: TorchSharp.Padding.Same), "padding the same on both sides does not keep the size of an even kernel: make it odd"),
            (nn.LayerNorm([32, 32]), "graphs have no such operation: use a layer that is supported"),
            (nn.Softplus(2), "graphs have no such operation: use a layer that is supported"),
            (nn.Softmax(0), "graphs have no such operation: use a layer that is supported"),
            (nn.GroupNorm(1, 3), "graphs have no such operation: use a layer that is supported"),
            (nn.Conv2d(3, 3, 3, padding: 1, padding_mode: TorchSharp.PaddingModes.Reflect), "it pads by Reflect: only zeros are supported"),
            (nn.BatchNorm2d(3, track_running_stats: false), "it keeps no running statistics"),
            (nn.Linear(32, 10), "it takes [32], but gets [3, 32, 32]: flatten before it"),
            (nn.Flatten(2), "of flattening, only that of all dimensions after the first is supported"),
        ])
        {
            using nn.Module<Tensor, Tensor> network = nn.Sequential(("fine", nn.Identity()), ("strange", layer));
            Action export = () => network.ToOnnx(new NetworkShape());
            export.Should().Throw<OnnxExportException>().Which.Message
                .Should().StartWith($"'strange', a {layer.GetType().Name}, cannot be exported to ONNX: {reason}").And.NotContain("\n");
        }
    }

    private static void Check(nn.Module<Tensor, Tensor> layer, long channels, (long Height, long Width) sides)
    {
        using var scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = Networks.Flat(layer);
        Networks.Randomize(network, 9);
        network.eval();
        Tensor images = Networks.Images(4, 3, channels, sides.Height, sides.Width);
        var shape = new NetworkShape { Channels = (int)channels, Height = (int)sides.Height, Width = (int)sides.Width, Classes = (int)network.call(images).shape[1] };
        foreach (bool fold in new[] { true, false })
        {
            using var session = new OnnxSession(network.ToOnnx(shape, new OnnxOptions { FoldBatchNorm = fold }));
            Networks.Difference(network, session, images).Should().BeLessThan(1e-5);
        }
    }

    private sealed class Undescribed() : nn.Module<Tensor, Tensor>(nameof(Undescribed))
    {
        public override Tensor forward(Tensor input) => input.relu();
    }
}
