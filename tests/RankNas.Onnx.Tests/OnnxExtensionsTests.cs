using System.Collections.Immutable;
using RankNas.Graphs;
using RankNas.Images;
using RankNas.Onnx.Tests.Support;
using RankNas.SearchSpaces;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Onnx.Tests;

public sealed class OnnxExtensionsTests : IDisposable
{
    private static readonly NetworkShape Shape = new();

    private const int BatchNorms = 1 + 5 + 2 + 6 + 2 + 5 + 1;

    private readonly TempFolder _folder = new();
    private readonly GraphModule _network = BuildNetwork(new NetworkShape());

    public void Dispose()
    {
        _network.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void ToOnnx_FoldedOrNot_HasTheBatchNormsThatAreLeft()
    {
        Networks.CountOf(_network.ToOnnx(Shape, new OnnxOptions { FoldBatchNorm = false }), "BatchNormalization").Should().Be(BatchNorms);
        Networks.CountOf(_network.ToOnnx(Shape), "BatchNormalization").Should().Be(1, "the last one follows a sum");
    }

    [Fact]
    public void ToOnnx_EveryOpset_GivesTheSame()
    {
        using Tensor images = Networks.Images(1, 2, 3, 32, 32);
        for (int opset = OnnxOptions.OldestOpset; opset <= OnnxOptions.NewestOpset; opset++)
        {
            using var session = new OnnxSession(_network.ToOnnx(Shape, new OnnxOptions { Opset = opset, FoldBatchNorm = false }));
            Networks.Difference(_network, session, images).Should().BeLessThan(1e-4, $"opset {opset}");
        }
    }

    [Fact]
    public void ToOnnx_Options_AreInTheModel()
    {
        using var session = new OnnxSession(_network.ToOnnx(Shape, new OnnxOptions
        {
            BatchSize = 4,
            InputName = "x",
            OutputName = "y",
            Metadata = ImmutableDictionary<string, string>.Empty.Add("architecture", "8:16:24:32:40"),
        }));
        session.Session.InputMetadata["x"].Dimensions.Should().Equal(4, 3, 32, 32);
        session.Session.OutputMetadata["y"].Dimensions.Should().Equal(4, 10);
        session.Session.ModelMetadata.CustomMetadataMap.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["architecture"] = "8:16:24:32:40",
            ["image-normalization"] = "unknown: give images as the network was trained or scored by",
        });
        session.Session.ModelMetadata.ProducerName.Should().Be("RankNas");
    }

    [Fact]
    public void ToOnnx_Default_TakesAnyBatch()
    {
        using var session = new OnnxSession(_network.ToOnnx(Shape));
        session.Session.InputMetadata["images"].SymbolicDimensions.Should().Equal("batch", "", "", "");
        session.Session.OutputMetadata["logits"].SymbolicDimensions.Should().Equal("batch", "");
    }

    [Theory]
    [InlineData(1, 28, 28)]
    [InlineData(3, 33, 31)]
    [InlineData(4, 17, 64)]
    public void ToOnnx_OtherImages_ComputesWhatTheNetworkDoes(int channels, int height, int width)
    {
        var shape = new NetworkShape { Channels = channels, Height = height, Width = width, Classes = 7 };
        using nn.Module<Tensor, Tensor> network = BuildNetwork(shape);
        using var session = new OnnxSession(network.ToOnnx(shape));
        using Tensor images = Networks.Images(3, 3, channels, height, width);
        Networks.Difference(network, session, images).Should().BeLessThan(1e-4);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void ToOnnx_NothingLeadsThrough_GivesEachImageTheSameLogits(int? batchSize)
    {
        var space = new NatsTopologySpace(new NatsTopologyOptions { IncludeBroken = true, CellsPerStage = 1 });
        using GraphModule network = Networks.Of(space.Describe(space.FromIndex(0), Shape), 5);
        using var session = new OnnxSession(network.ToOnnx(Shape, new OnnxOptions { BatchSize = batchSize }));
        using Tensor images = Networks.Images(3, 3, 3, 32, 32);
        Networks.Difference(network, session, images).Should().BeLessThan(1e-4);
    }

    [Fact]
    public void ToOnnx_NetworkInTrainingAndFloat64_IsExportedInEvaluationAndStaysAsItWas()
    {
        using var session = new OnnxSession(_network.ToOnnx(Shape));
        using nn.Module<Tensor, Tensor> other = BuildNetwork(new NetworkShape());
        other.to(ScalarType.Float64);
        other.train();
        using var exported = new OnnxSession(other.ToOnnx(Shape));
        using Tensor images = Networks.Images(1, 2, 3, 32, 32);
        using Tensor expected = session.Run(images);
        using Tensor actual = exported.Run(images);

        actual.allclose(expected, 1e-5, 1e-6).Should().BeTrue();
        other.training.Should().BeTrue();
        other.named_parameters().Should().OnlyContain(named => named.parameter.dtype == ScalarType.Float64);
    }

    [Fact]
    public void ExportOnnx_ToAFile_ReplacesItAndLeavesNothingElse()
    {
        string path = _folder.File("network.onnx");
        File.WriteAllText(path, "old");
        _network.ExportOnnx(path, Shape);

        File.ReadAllBytes(path).Should().Equal(_network.ToOnnx(Shape).ToArray());
        Directory.EnumerateFileSystemEntries(_folder.Path).Should().ContainSingle();
    }

    [Fact]
    public void ExportOnnx_NotExportable_NamesTheModuleAndLeavesTheFileAsItWas()
    {
        string path = _folder.File("network.onnx");
        File.WriteAllText(path, "old");
        using nn.Module<Tensor, Tensor> network = nn.Sequential(("first", nn.Conv2d(3, 4, 3)), ("strange", nn.GLU()));

        Action export = () => network.ExportOnnx(path, Shape);

        export.Should().Throw<OnnxExportException>().WithMessage("'strange', a GLU, cannot be exported to ONNX: *");
        File.ReadAllText(path).Should().Be("old");
        Directory.EnumerateFileSystemEntries(_folder.Path).Should().ContainSingle();
    }

    [Fact]
    public void ExportOnnx_NoSuchFolder_SaysSo()
    {
        Action export = () => _network.ExportOnnx(Path.Combine(_folder.Path, "none", "network.onnx"), Shape);
        export.Should().Throw<DirectoryNotFoundException>().WithMessage("There is no folder '*none' for 'network.onnx'*");
    }

    [Theory]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(1000)]
    public void ToOnnx_OtherClassesThanTheNetworkGives_IsRefusedWithBothNumbers(int classes)
    {
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, 10));
        Action export = () => network.ToOnnx(Shape with { Classes = classes });
        export.Should().Throw<OnnxExportException>().WithMessage($"The network gives 10 logits for each image, but the shape says {classes} classes: export with Classes = 10,*");
        export = () => _network.ToOnnx(Shape with { Classes = classes });
        export.Should().Throw<OnnxExportException>().WithMessage($"The network's graph is of images [3, 32, 32] and 10 classes, but the shape says images [3, 32, 32] and {classes} classes: export with *");
    }

    [Fact]
    public void ToOnnx_NoLogits_SaysWhatComesOut()
    {
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU());
        Action export = () => network.ToOnnx(Shape);
        export.Should().Throw<OnnxExportException>().WithMessage("The network gives [4, 30, 30] for each image, and no logits*");
    }

    [Fact]
    public void ToOnnx_ImagesOfOtherChannels_NamesTheLayer()
    {
        using nn.Module<Tensor, Tensor> network = nn.Sequential(("stem", nn.Sequential(nn.Conv2d(3, 4, 3))));
        Action export = () => network.ToOnnx(Shape with { Channels = 1 });
        export.Should().Throw<OnnxExportException>().WithMessage("'stem.0', a Conv2d, cannot be exported to ONNX: it takes [3, H, W], but gets [1, 32, 32]*");
    }

    [Fact]
    public void ToOnnx_MoreThanAFileHolds_IsRefusedBeforeAnythingIsCopied()
    {
        // On this device tensors have shapes and no memory.
        using nn.Module<Tensor, Tensor> network = nn.Sequential(
            ("pool", nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())), ("wide", nn.Linear(3, 1_000_000, device: META)), ("large", nn.Linear(1_000_000, 600, device: META)));
        Action export = () => network.ToOnnx(Shape with { Classes = 600 });
        export.Should().Throw<OnnxExportException>().WithMessage("*on the device 'meta'*");

        using nn.Module<Tensor, Tensor> larger = nn.Sequential(("pool", nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())), ("large", nn.Linear(3, 300_000_000, device: META)), ("last", nn.Linear(300_000_000, 10, device: META)));
        export = () => larger.ToOnnx(Shape);
        export.Should().Throw<OnnxExportException>().WithMessage("The weights up to 'large.weight' take 3.6 GB as float32, but an ONNX file holds 2 GB at most*");
    }

    [Theory]
    [InlineData(1, 64, 48)]
    [InlineData(3, 20, 31)]
    public void ToOnnx_WithItsNormalization_TakesPixels(int channels, int height, int width)
    {
        var shape = new NetworkShape { Channels = channels, Height = height, Width = width, Classes = 7 };
        using nn.Module<Tensor, Tensor> network = BuildNetwork(shape);
        double[] mean = [.. Enumerable.Range(1, channels).Select(channel => 0.1 * channel)], deviation = [.. mean.Select(value => 0.5 + value)];
        var options = new OnnxOptions { Normalization = new ImageNormalization(mean, deviation), IncludeNormalization = true };
        using var session = new OnnxSession(network.ToOnnx(shape, options));
        using Tensor pixels = Networks.Images(3, 3, channels, height, width);
        using Tensor normalized = (pixels - tensor(mean, ScalarType.Float32).reshape(-1, 1, 1)) / tensor(deviation, ScalarType.Float32).reshape(-1, 1, 1);
        using Tensor actual = session.Run(pixels);
        using IDisposable guard = no_grad();
        using Tensor expected = network.call(normalized);

        actual.shape.Should().Equal(3, 7);
        ((actual - expected).abs().max() / expected.abs().max()).item<float>().Should().BeLessThan(1e-4f);
        session.Session.ModelMetadata.CustomMetadataMap["image-normalization"].Should().StartWith("included: ");
    }

    [Fact]
    public void ToOnnx_NormalizationThatIsNotKnown_IsRefusedInOneLine()
    {
        Action export = () => _network.ToOnnx(Shape, new OnnxOptions { IncludeNormalization = true });
        export.Should().Throw<ArgumentException>().Which.Message.Should().StartWith("IncludeNormalization needs the images' mean").And.NotContain("\n");
        export = () => _network.ToOnnx(Shape, new OnnxOptions { Normalization = new ImageNormalization([0.5], [0.25]) });
        export.Should().Throw<ArgumentException>().WithMessage("Normalization has 1 channels, but the images have 3.");
    }

    [Fact]
    public void ToOnnx_InputAndOutputOfOneName_OrOfAWeights_IsRefused()
    {
        Action export = () => _network.ToOnnx(Shape, new OnnxOptions { InputName = "x", OutputName = "x" });
        export.Should().Throw<ArgumentException>().WithMessage("The input and the output are both called 'x'*");
        export = () => _network.ToOnnx(Shape, new OnnxOptions { OutputName = "classifier.weight" });
        export.Should().Throw<OnnxExportException>().WithMessage("The network has weights called 'classifier.weight'*");
    }

    [Theory]
    [InlineData("00000000")]
    [InlineData("01220112")]
    [InlineData("22222222")]
    public void ToOnnx_NasBenchMacro_ComputesWhatTheNetworkDoes(string architecture)
    {
        var space = new NasBenchMacroSpace();
        using GraphModule network = Networks.Of(space.Describe(space.Parse(architecture), Shape), 5);
        using Tensor images = Networks.Images(1, 2, 3, 32, 32);
        using var session = new OnnxSession(network.ToOnnx(Shape));

        Networks.Difference(network, session, images).Should().BeLessThan(1e-4);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(22)]
    public void Opset_OutOfRange_IsRefused(int opset)
    {
        Action set = () => _ = new OnnxOptions { Opset = opset };
        set.Should().Throw<ArgumentOutOfRangeException>().WithMessage($"Opset is {opset}: it must be from 15 to 21. (Parameter 'Opset')");
    }

    private static GraphModule BuildNetwork(NetworkShape shape)
    {
        var space = new NatsSizeSpace();
        return Networks.Of(space.Describe(space.Parse("8:8:16:16:16"), shape), 3);
    }
}
