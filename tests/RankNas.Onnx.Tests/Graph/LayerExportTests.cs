using CsCheck;
using static TorchSharp.torch;

namespace RankNas.Tests;

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
        (kernel, _, padding, up, counts, _) => 2 * padding <= kernel && !(up && counts && padding > 0)).Sample(
        (kernel, stride, padding, up, counts, sides) =>
            Check(nn.AvgPool2d(kernel, stride, padding, ceil_mode: up, count_include_pad: counts), 2, sides), iter: 80);

    [Fact]
    public void ToOnnx_AnyMaxPooling_ComputesWhatItDoes() => Gen.Select(
        Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[0, 1], Gen.Bool, Gen.Select(Side, Side)).Where((kernel, _, padding, _, _) => 2 * padding <= kernel).Sample(
        (kernel, stride, padding, up, sides) => Check(nn.MaxPool2d(kernel, stride, padding, ceil_mode: up), 2, sides), iter: 80);

    [Fact]
    public void ToOnnx_EveryOtherLayer_ComputesWhatItDoes() => Check(
        nn.Sequential(
            nn.Conv2d(3, 6, 4, padding: TorchSharp.Padding.Same), nn.ReLU(), nn.BatchNorm2d(6, affine: false), nn.Dropout(), nn.Dropout2d(), nn.Hardswish(), nn.Identity(),
            nn.Sequential(nn.Conv2d(6, 5, 1), nn.Sigmoid(), nn.AdaptiveAvgPool2d(1)),
            nn.Flatten(), nn.Linear(5, 4, hasBias: false), nn.Tanh(), nn.Linear(4, 3)),
        3,
        (9, 8));

    [Fact]
    public void ToOnnx_OneLayerTwice_SharesItsWeights()
    {
        var shared = nn.Conv2d(4, 4, 3, padding: 1, bias: false);
        var network = nn.Sequential(shared, nn.BatchNorm2d(4), shared, nn.BatchNorm2d(4));
        Check(network, 4, (8, 8), dispose: false);
        Networks.CountOf(Networks.Flat(network, [4, 8, 8], new OnnxOptions { FoldBatchNorm = false }), "0.weight").Should().Be(3, "it is stored once and used twice");
        network.Dispose();
    }

    [Fact]
    public void ToOnnx_ModuleThatDescribesItself_ComputesWhatItDoes() => Check(new GatedPair(), 3, (8, 8));

    [Fact]
    public void ToOnnx_ModuleThatDoesNot_IsNamedWithWhatToDo()
    {
        using var network = nn.Sequential(("stem", nn.Conv2d(3, 3, 3)), ("block", nn.Sequential(("inner", new Undescribed()))));
        Action export = () => network.ToOnnx(new NetworkShape());
        export.Should().Throw<OnnxExportException>()
            .WithMessage("'block.inner', a Undescribed, cannot be exported to ONNX: have its class implement IDescribedModule, which takes a few lines.");
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
            () => nn.ReLU(), () => nn.ReLU6(), () => nn.LeakyReLU(0.2), () => nn.PReLU(1, 0.3), () => nn.PReLU(3, 0.3), () => nn.ELU(1.5), () => nn.CELU(0.7), () => nn.SELU(),
            () => nn.SiLU(), () => nn.GELU(), () => nn.GELU(TorchSharp.Modules.GELU.Approximate.tanh), () => nn.Mish(), () => nn.Softplus(), () => nn.Softsign(), () => nn.Sigmoid(),
            () => nn.Tanh(), () => nn.Hardswish(), () => nn.Hardsigmoid(), () => nn.Softmax(1), () => nn.LogSoftmax(1),
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
            (nn.Hardtanh(-0.5, 0.75), "use a layer that is supported"),
            (nn.Softplus(2), "use a layer that is supported"),
            (nn.Softmax(0), "use a layer that is supported"),
            (nn.GroupNorm(1, 3), "use a layer that is supported"),
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

    [Fact]
    public void ToOnnx_ADescriptionThatFails_IsNamedWithItsReasonInOneLine()
    {
        using var network = nn.Sequential(("block", new Misdescribed()));
        Action export = () => network.ToOnnx(new NetworkShape());
        export.Should().Throw<OnnxExportException>().Which.Message
            .Should().StartWith("'block', a Misdescribed, cannot be exported to ONNX: its Describe fails with: Add does not fit values of [3, 32, 32] and [5]").And.NotContain("\n");
    }

    private static void Check(nn.Module<Tensor, Tensor> network, long channels, (long Height, long Width) sides, bool dispose = true)
    {
        using var scope = NewDisposeScope();
        Networks.Randomize(network, 9);
        network.eval();
        Tensor images = Networks.Images(4, 3, channels, sides.Height, sides.Width);
        foreach (bool fold in new[] { true, false })
        {
            using var session = new OnnxSession(Networks.Flat(network, [channels, sides.Height, sides.Width], new OnnxOptions { FoldBatchNorm = fold }));
            Networks.FlatDifference(network, session, images).Should().BeLessThan(1e-5);
        }

        if (dispose)
        {
            network.Dispose();
        }
    }

    private sealed class Misdescribed() : nn.Module<Tensor, Tensor>(nameof(Misdescribed)), IDescribedModule
    {
        public override Tensor forward(Tensor input) => input.relu();

        public OnnxValue Describe(INetworkGraph graph, OnnxValue input) => graph.Apply(GraphFunction.Add, input, graph.Zeros(5));
    }

    private sealed class Undescribed() : nn.Module<Tensor, Tensor>(nameof(Undescribed))
    {
        public override Tensor forward(Tensor input) => input.relu();
    }
}
