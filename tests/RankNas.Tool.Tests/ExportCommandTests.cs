using Microsoft.ML.OnnxRuntime;
using RankNas.Graphs;
using RankNas.SearchSpaces;
using RankNas.Strategies;
using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Tool.Tests;

public sealed class ExportCommandTests : IDisposable
{
    private const string Topology = "|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|avg_pool_3x3~1|nor_conv_3x3~2|";

    private readonly TempFolder _folder = new();

    private string Model => _folder.File("network.onnx");

    private string Weights => _folder.File("network.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Export_Seed_WritesTheNetworkThatWasScored()
    {
        var space = new NatsTopologySpace();
        NasExperiment experiment = NasBuilder.Create()
            .UseSpace(space).UseStrategy(new ExhaustiveSearch()).WithBudget(1).WithSeed(5).WithBatchSize(2).AddParameterCount().Build();
        SearchResult result = await experiment.RunAsync(TestContext.Current.CancellationToken);

        ToolRun run = await ToolRun.Of("export", "--space", "nats-tss", "--arch", result.Best.Architecture.Text, "--seed", "5", "--onnx", Model);

        run.Should().BeEquivalentTo(new { ExitCode = 0, Output = "" }, run.Errors);
        run.Errors.Trim().Should().Match($"*MB written to {Model}.");
        using nn.Module<Tensor, Tensor> scored = result.BuildNetwork(result.Best);
        CheckModel(scored, imageSize: 32);
    }

    [Theory]
    [InlineData()]
    [InlineData("--keep-batch-norm")]
    public async Task Export_Weights_WritesTheirNetwork(params string[] options)
    {
        var space = new NatsTopologySpace();
        using nn.Module<Tensor, Tensor> trained = space.BuildNetwork(space.Parse(Topology), new NetworkShape { Classes = 7 });
        WeightInitializer.Default.Initialize(trained, 12);
        trained.SaveWeights(Weights);

        ToolRun run = await ToolRun.Of(
            ["export", "--space", "nats-tss", "--arch", Topology, "--classes", "7", "--image-size", "16", "--weights", Weights, "--onnx", Model, .. options]);

        run.ExitCode.Should().Be(0, run.Errors);
        CheckModel(trained, imageSize: 16);
        using var session = new InferenceSession(Model);
        session.ModelMetadata.CustomMetadataMap.Should().Contain("space", "nats-tss").And.Contain("architecture", Topology)
            .And.ContainKey("image-normalization").WhoseValue.Should().StartWith("unknown: ");
    }

    [Fact]
    public async Task Export_OtherImages_WritesAModelOfThem()
    {
        ToolRun run = await ToolRun.Of(
            "export", "--space", "nats-sss", "--arch", "8:8:8:8:8", "--image-size", "64x48", "--channels", "1", "--classes", "7", "--onnx", Model);

        run.ExitCode.Should().Be(0, run.Errors);
        using var session = new InferenceSession(Model);
        session.InputMetadata["images"].Dimensions.Should().Equal(-1, 1, 64, 48);
        session.OutputMetadata["logits"].Dimensions.Should().Equal(-1, 7);
    }

    [Fact]
    public async Task Export_Images_GivesSizeClassesAndNormalisation()
    {
        string images = _folder.File("cifar100.bin");
        await File.WriteAllBytesAsync(images, new byte[3 * 3074], TestContext.Current.CancellationToken);

        ToolRun run = await ToolRun.Of(
            "export", "--space", "nats-sss", "--arch", "8:8:8:8:8", "--images", images, "--include-normalization", "--onnx", Model);

        run.ExitCode.Should().Be(0, run.Errors);
        using var session = new InferenceSession(Model);
        session.OutputMetadata["logits"].Dimensions.Should().Equal(-1, 100);
        session.ModelMetadata.CustomMetadataMap.Should().Contain("image-mean", "0.507059, 0.486667, 0.440784")
            .And.ContainKey("image-normalization").WhoseValue.Should().StartWith("included: ");
    }

    [Fact]
    public async Task Export_WeightsOfAnotherArchitecture_EndsWithOneAndNamesTheTensor()
    {
        var space = new NatsSizeSpace();
        using nn.Module<Tensor, Tensor> other = space.BuildNetwork(space.Parse("16:8:8:8:8"), new NetworkShape());
        other.SaveWeights(Weights);

        ToolRun run = await ToolRun.Of("export", "--space", "nats-sss", "--arch", "8:8:8:8:8", "--weights", Weights, "--onnx", Model);

        run.ExitCode.Should().Be(1);
        run.Errors.TrimEnd().Should().StartWith($"ranknas: --weights: '{Weights}' does not fit the network: 'stem.0.weight' is [16, 3, 3, 3] in it").And.NotContain("\n");
        File.Exists(Model).Should().BeFalse();
    }

    [Fact]
    public async Task Export_ToALink_SaysHowMuchWasWrittenToItsTarget()
    {
        File.CreateSymbolicLink(_folder.File("link.onnx"), "model.onnx");
        ToolRun run = await ToolRun.Of("export", "--space", "nats-sss", "--arch", "64:64:64:64:64", "--onnx", _folder.File("link.onnx"));
        run.ExitCode.Should().Be(0, run.Errors);
        double megabytes = new FileInfo(_folder.File("model.onnx")).Length / 1e6;
        run.Errors.Should().StartWith(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{megabytes:0.0} MB written to "));
        megabytes.Should().BeGreaterThan(1);
    }

    [Theory]
    [InlineData("--onnx is missing: write --onnx network.onnx.", "--space", "nats-sss", "--arch", "8:8:8:8:8")]
    [InlineData("--arch is missing: *", "--space", "nats-sss", "--onnx", "x.onnx")]
    [InlineData("--space is missing: *", "--arch", "8:8:8:8:8", "--onnx", "x.onnx")]
    [InlineData("--image-size is '64x': write one number for squares or height x width, *", "--space", "nats-sss", "--arch", "8:8:8:8:8", "--onnx", "x.onnx", "--image-size", "64x")]
    [InlineData("--image-size is '9999': *from 1 to 4096*", "--space", "nats-sss", "--arch", "8:8:8:8:8", "--onnx", "x.onnx", "--image-size", "9999")]
    [InlineData("--include-normalization needs the images *", "--space", "nats-sss", "--arch", "8:8:8:8:8", "--onnx", "x.onnx", "--include-normalization")]
    [InlineData("--classes is '2147483647': write a whole number from 1 to 1000000, *", "--space", "nats-sss", "--arch", "8:8:8:8:8", "--onnx", "x.onnx", "--classes", "2147483647")]
    [InlineData("--classes is '0': write a whole number from 1 to 1000000, such as --classes 10.", "--space", "nats-sss", "--arch", "8:8:8:8:8", "--onnx", "x.onnx", "--classes", "0")]
    [InlineData("--weights: there is no file 'none.safetensors': *", "--space", "nats-sss", "--arch", "8:8:8:8:8", "--onnx", "x.onnx", "--weights", "none.safetensors")]
    [InlineData("--onnx: there is no folder *", "--space", "nats-sss", "--arch", "8:8:8:8:8", "--onnx", "no-such-folder/x.onnx")]
    public async Task Export_WrongArguments_EndWithTwoAndOneLine(string message, params string[] arguments)
    {
        ToolRun run = await ToolRun.Of(["export", .. arguments]);
        run.ExitCode.Should().Be(2);
        run.Errors.TrimEnd().Should().Match($"ranknas: {message}").And.NotContain("\n");
    }

    private void CheckModel(nn.Module<Tensor, Tensor> network, int imageSize)
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        network.eval();
        Tensor images = NormalDraw.Of(2, 3, imageSize, imageSize);
        using var session = new InferenceSession(Model);
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(images.data<float>().ToArray(), images.shape);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["images"], [input], ["logits"]);
        Tensor expected = network.call(images);

        Tensor actual = tensor(outputs[0].GetTensorDataAsSpan<float>().ToArray()).reshape(expected.shape);
        ((actual - expected).abs().max() / expected.abs().max()).item<float>().Should().BeLessThan(1e-4f);
    }

    [Theory]
    [InlineData("meta-dup.safetensors")]
    [InlineData("zero-big.safetensors")]
    [InlineData("dtype-ansi.safetensors")]
    public async Task Export_WeightsThatFailedOnce_EndWithOneLineOfPlainText(string file)
    {
        ToolRun run = await ToolRun.Of(
            "export", "--space", "nats-sss", "--arch", "8:8:8:8:8", "--weights", TestData.Case(file), "--onnx", Model);
        run.ExitCode.Should().BeOneOf(1, 2);
        run.Errors.TrimEnd().Should().StartWith("ranknas: ").And.NotMatchRegex("[\\x00-\\x1f\\x7f]");
    }
}
