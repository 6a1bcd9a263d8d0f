using System.Collections.Immutable;
using RankNas.Images;
using RankNas.Onnx.Tests.Support;
using RankNas.SearchSpaces;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Onnx.Tests;

public sealed class CandidateExportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.BFloat16)]
    public async Task ExportOnnx_ACandidateOfOtherImages_IsTheNetworkThatWasScored(Precision precision)
    {
        ISearchSpace space = new NatsTopologySpace(new NatsTopologyOptions { Channels = 4, CellsPerStage = 1 });
        SearchResult result = await ResultOf(space, TensorImages(1, 64, 48, classes: 7), precision);
        result.ExportOnnx(result.Best, _folder.File("scored.onnx"));

        using nn.Module<Tensor, Tensor> network = result.BuildNetwork(result.Best);
        network.to(ScalarType.Float32);
        network.eval();
        using var session = new OnnxSession(File.ReadAllBytes(_folder.File("scored.onnx")));
        session.Session.InputMetadata["images"].Dimensions.Should().Equal(-1, 1, 64, 48);
        session.Session.OutputMetadata["logits"].Dimensions.Should().Equal(-1, 7);
        foreach (int batch in new[] { 1, 5 })
        {
            using Tensor images = Networks.Images(2, batch, 1, 64, 48);
            Networks.Difference(network, session, images).Should().BeLessThan(1e-4);
        }

        session.Session.ModelMetadata.CustomMetadataMap.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["space"] = space.Id,
            ["architecture"] = result.Best.Architecture.Text,
            ["image-normalization"] = "unknown: give images as the network was trained or scored by",
        });
    }

    [Fact]
    public async Task ExportOnnx_ATrainedNetworkOfASizeCandidate_IsThatNetwork_WithTheOptionsAdded()
    {
        SearchResult result = await ResultOf(new NatsSizeSpace(), TensorImages(3, 20, 31, classes: 4));
        using nn.Module<Tensor, Tensor> trained = result.BuildNetwork(result.Best);
        Networks.Randomize(trained, 8);
        trained.eval();
        result.ExportOnnx(
            result.Best, _folder.File("trained.onnx"), new OnnxOptions { Metadata = ImmutableDictionary<string, string>.Empty.Add("epochs", "200").Add("space", "mine") }, trained);

        using var session = new OnnxSession(File.ReadAllBytes(_folder.File("trained.onnx")));
        using Tensor images = Networks.Images(2, 3, 3, 20, 31);
        Networks.Difference(trained, session, images).Should().BeLessThan(1e-4);
        session.Session.ModelMetadata.CustomMetadataMap.Should().Contain("epochs", "200").And.Contain("space", "mine").And.Contain("architecture", result.Best.Architecture.Text);
    }

    [Fact]
    public async Task ExportOnnx_CifarImages_AreNormalisedByTheModelOrSaidToBe()
    {
        string file = _folder.File("data_batch_1.bin");
        byte[] pixels = new byte[2 * 3073];
        new Random(3).NextBytes(pixels);
        pixels[0] = pixels[3073] = 1;
        await File.WriteAllBytesAsync(file, pixels, TestContext.Current.CancellationToken);
        var images = ProbeImages.FromCifar10(file);
        SearchResult result = await ResultOf(new NatsTopologySpace(new NatsTopologyOptions { Channels = 4, CellsPerStage = 1 }), images);
        result.ExportOnnx(result.Best, _folder.File("normalised.onnx"));
        result.ExportOnnx(result.Best, _folder.File("pixels.onnx"), new OnnxOptions { IncludeNormalization = true });

        using var takesNormalised = new OnnxSession(File.ReadAllBytes(_folder.File("normalised.onnx")));
        using var takesPixels = new OnnxSession(File.ReadAllBytes(_folder.File("pixels.onnx")));
        using Tensor bytes = tensor(pixels).reshape(2, 3073).narrow(1, 1, 3072).to(ScalarType.Float32).reshape(2, 3, 32, 32) / 255;
        using Tensor normalised = images.Take(2);
        using Tensor expected = takesNormalised.Run(normalised);
        using Tensor actual = takesPixels.Run(bytes);

        actual.allclose(expected, 1e-4, 1e-5).Should().BeTrue();
        takesNormalised.Session.ModelMetadata.CustomMetadataMap.Should().Contain("image-mean", "0.491373, 0.482353, 0.446667")
            .And.Contain("image-deviation", "0.247059, 0.243529, 0.261569").And.ContainKey("image-normalization").WhoseValue.Should().StartWith("expected: ");
        takesPixels.Session.ModelMetadata.CustomMetadataMap["image-normalization"].Should().StartWith("included: ");
    }

    [Fact]
    public async Task ExportOnnx_NormalizationThatIsNotKnown_IsRefusedAndNoFileWritten()
    {
        SearchResult result = await ResultOf(new NatsSizeSpace(), TensorImages(3, 20, 31, classes: 4));
        Action export = () => result.ExportOnnx(result.Best, _folder.File("pixels.onnx"), new OnnxOptions { IncludeNormalization = true });
        export.Should().Throw<ArgumentException>().WithMessage("IncludeNormalization needs*");
        Directory.GetFiles(_folder.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task ExportOnnx_ANetworkOfOtherClasses_IsRefusedAndNoFileWritten()
    {
        var space = new NatsSizeSpace();
        SearchResult result = await ResultOf(space, TensorImages(3, 20, 31, classes: 4));
        using nn.Module<Tensor, Tensor> other = space.BuildNetwork(result.Best.Architecture, result.Images.Shape with { Classes = 5 });
        Action export = () => result.ExportOnnx(result.Best, _folder.File("other.onnx"), network: other);
        export.Should().Throw<OnnxExportException>().WithMessage("The network's graph is of images [3, 20, 31] and 5 classes, but the shape says images [3, 20, 31] and 4 classes*");
        Directory.GetFiles(_folder.Path).Should().BeEmpty();
    }

    private static ProbeImages TensorImages(int channels, int height, int width, int classes)
    {
        using Tensor images = Networks.Images(1, 2, channels, height, width);
        return ProbeImages.FromTensor(images, classes: classes);
    }

    private static async Task<SearchResult> ResultOf(ISearchSpace space, ProbeImages images, Precision precision = Precision.Float32) =>
        await NasBuilder.Create().UseSpace(space).UseRandomSearch().WithBudget(1).UseImages(images, 2).WithPrecision(precision).AddParameterCount()
            .Build().RunAsync(TestContext.Current.CancellationToken);
}
