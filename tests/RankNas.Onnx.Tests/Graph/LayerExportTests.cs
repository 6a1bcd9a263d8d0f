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
        Networks.CountOf(network.ToOnnx(new OnnxOptions { Channels = 4, FoldBatchNorm = false }), "0.weight").Should().Be(3, "it is stored once and used twice");
        network.Dispose();
    }

    [Fact]
    public void ToOnnx_ModuleThatDescribesItself_ComputesWhatItDoes() => Check(new GatedPair(), 3, (8, 8));

    [Fact]
    public void ToOnnx_ModuleThatDoesNot_IsNamedWithWhatToDo()
    {
        using var network = nn.Sequential(("stem", nn.Conv2d(3, 3, 3)), ("block", nn.Sequential(("inner", new Undescribed()))));
        Action export = () => network.ToOnnx();
        export.Should().Throw<OnnxExportException>()
            .WithMessage("'block.inner', a Undescribed, cannot be exported to ONNX: have its class implement IDescribedModule, which takes a few lines.");
    }

    [Fact]
    public void ToOnnx_ImagesOfAnotherSize_NamesTheLayer()
    {
        using var network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Flatten(), nn.Linear(4 * 30 * 30, 10));
        Action export = () => network.ToOnnx(new OnnxOptions { Height = 16 });
        export.Should().Throw<OnnxExportException>().WithMessage("'2', a Linear, cannot be exported to ONNX: it takes [3600], but gets [1680]*");
    }

    private static void Check(nn.Module<Tensor, Tensor> network, long channels, (long Height, long Width) sides, bool dispose = true)
    {
        using var scope = NewDisposeScope();
        Networks.Randomize(network, 9);
        network.eval();
        Tensor images = Networks.Images(4, 3, channels, sides.Height, sides.Width);
        foreach (bool fold in new[] { true, false })
        {
            using var session = new OnnxSession(network.ToOnnx(new OnnxOptions
            {
                Channels = (int)channels,
                Height = (int)sides.Height,
                Width = (int)sides.Width,
                FoldBatchNorm = fold,
            }));
            Networks.Difference(network, session, images).Should().BeLessThan(1e-5);
        }

        if (dispose)
        {
            network.Dispose();
        }
    }

    private sealed class Undescribed() : nn.Module<Tensor, Tensor>(nameof(Undescribed))
    {
        public override Tensor forward(Tensor input) => input.relu();
    }
}
