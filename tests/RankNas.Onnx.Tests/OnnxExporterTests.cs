using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Tests;

public sealed class OnnxExporterTests : IDisposable
{
    private const int BatchNorms = 1 + 5 + 2 + 6 + 2 + 5 + 1;

    private readonly TempFolder _folder = new();
    private readonly nn.Module<Tensor, Tensor> _network = BuildNetwork(new NetworkShape());

    public void Dispose()
    {
        _network.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void ToOnnx_FoldedOrNot_HasTheBatchNormsThatAreLeft()
    {
        Networks.CountOf(_network.ToOnnx(new OnnxOptions { FoldBatchNorm = false }), "BatchNormalization").Should().Be(BatchNorms);
        Networks.CountOf(_network.ToOnnx(), "BatchNormalization").Should().Be(1, "the last one follows a sum");
    }

    [Fact]
    public void ToOnnx_EveryOpset_GivesTheSame()
    {
        using Tensor images = Networks.Images(1, 2, 3, 32, 32);
        for (int opset = OnnxOptions.OldestOpset; opset <= OnnxOptions.NewestOpset; opset++)
        {
            using var session = new OnnxSession(_network.ToOnnx(new OnnxOptions { Opset = opset, FoldBatchNorm = false }));
            Networks.Difference(_network, session, images).Should().BeLessThan(1e-4, $"opset {opset}");
        }
    }

    [Fact]
    public void ToOnnx_Options_AreInTheModel()
    {
        using var session = new OnnxSession(_network.ToOnnx(new OnnxOptions
        {
            BatchSize = 4,
            InputName = "x",
            OutputName = "y",
            Metadata = ImmutableDictionary<string, string>.Empty.Add("architecture", "8:16:24:32:40"),
        }));
        session.Session.InputMetadata["x"].Dimensions.Should().Equal(4, 3, 32, 32);
        session.Session.OutputMetadata["y"].Dimensions.Should().Equal(4, 10);
        session.Session.ModelMetadata.CustomMetadataMap.Should().BeEquivalentTo(new Dictionary<string, string> { ["architecture"] = "8:16:24:32:40" });
        session.Session.ModelMetadata.ProducerName.Should().Be("RankNas");
    }

    [Fact]
    public void ToOnnx_Default_TakesAnyBatch()
    {
        using var session = new OnnxSession(_network.ToOnnx());
        session.Session.InputMetadata["images"].SymbolicDimensions.Should().Equal("batch", "", "", "");
        session.Session.OutputMetadata["logits"].SymbolicDimensions.Should().Equal("batch", "");
    }

    [Theory]
    [InlineData(1, 28, 28)]
    [InlineData(3, 33, 31)]
    [InlineData(4, 17, 64)]
    public void ToOnnx_OtherImages_ComputesWhatTheNetworkDoes(int channels, int height, int width)
    {
        using nn.Module<Tensor, Tensor> network = BuildNetwork(new NetworkShape { Channels = channels, Height = height, Width = width, Classes = 7 });
        using var session = new OnnxSession(network.ToOnnx(new OnnxOptions { Channels = channels, Height = height, Width = width }));
        using Tensor images = Networks.Images(3, 3, channels, height, width);
        Networks.Difference(network, session, images).Should().BeLessThan(1e-4);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void ToOnnx_NothingLeadsThrough_GivesEachImageTheSameLogits(int? batchSize)
    {
        var space = new NatsTopologySpace(new NatsTopologyOptions { IncludeBroken = true, CellsPerStage = 1 });
        using nn.Module<Tensor, Tensor> network = space.BuildNetwork(space.FromIndex(0), new NetworkShape());
        Networks.Randomize(network, 5);
        network.eval();
        using var session = new OnnxSession(network.ToOnnx(new OnnxOptions { BatchSize = batchSize }));
        using Tensor images = Networks.Images(3, 3, 3, 32, 32);
        Networks.Difference(network, session, images).Should().BeLessThan(1e-4);
    }

    [Fact]
    public void ToOnnx_NetworkInTrainingAndFloat64_IsExportedInEvaluationAndStaysAsItWas()
    {
        using var session = new OnnxSession(_network.ToOnnx());
        using nn.Module<Tensor, Tensor> other = BuildNetwork(new NetworkShape());
        other.to(ScalarType.Float64);
        other.train();
        using var exported = new OnnxSession(other.ToOnnx());
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
        _network.ExportOnnx(path);

        File.ReadAllBytes(path).Should().Equal(_network.ToOnnx().ToArray());
        Directory.EnumerateFileSystemEntries(_folder.Path).Should().ContainSingle();
    }

    [Fact]
    public void ExportOnnx_NotExportable_NamesTheModuleAndLeavesTheFileAsItWas()
    {
        string path = _folder.File("network.onnx");
        File.WriteAllText(path, "old");
        using nn.Module<Tensor, Tensor> network = nn.Sequential(("first", nn.Conv2d(3, 4, 3)), ("strange", nn.GELU()));

        Action export = () => network.ExportOnnx(path);

        export.Should().Throw<OnnxExportException>().WithMessage("'strange', a GELU, cannot be exported to ONNX: *");
        File.ReadAllText(path).Should().Be("old");
        Directory.EnumerateFileSystemEntries(_folder.Path).Should().ContainSingle();
    }

    [Fact]
    public void ExportOnnx_NoSuchFolder_SaysSo()
    {
        Action export = () => _network.ExportOnnx(Path.Combine(_folder.Path, "none", "network.onnx"));
        export.Should().Throw<DirectoryNotFoundException>().WithMessage("There is no folder '*none' for 'network.onnx'*");
    }

    [Theory]
    [InlineData(14)]
    [InlineData(22)]
    public void Opset_OutOfRange_IsRefused(int opset)
    {
        Action set = () => _ = new OnnxOptions { Opset = opset };
        set.Should().Throw<ArgumentOutOfRangeException>().WithMessage($"Opset is {opset}: it must be from 15 to 21.*");
    }

    private static nn.Module<Tensor, Tensor> BuildNetwork(NetworkShape shape)
    {
        var space = new NatsSizeSpace();
        nn.Module<Tensor, Tensor> network = space.BuildNetwork(space.Parse("8:8:16:16:16"), shape);
        Networks.Randomize(network, 3);
        network.eval();
        return network;
    }
}
