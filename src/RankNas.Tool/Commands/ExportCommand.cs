using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using RankNas.Tool.Arguments;
using static TorchSharp.torch;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas export</c>: writes an architecture's network as an ONNX model.</summary>
internal static class ExportCommand
{
    public static Command Create(TextWriter errors)
    {
        Option<string> space = SpaceOption.Create();
        var architecture = new Option<string>("--arch") { Description = "The architecture, in the space's notation.", HelpName = "A" };
        var onnx = new PathOption("--onnx", "The ONNX file to write; one that is there is replaced.", "network.onnx", PathUse.Output);
        var weights = new PathOption(
            "--weights", "Weights to export, a safetensors file; without it, those that were scored for the seed.", "network.safetensors", PathUse.Input);
        var classes = new NumberOption<int>("--classes", "The number of classes.", 10, 1, 100_000);
        var imageSize = new NumberOption<int>("--image-size", "The images' height and width in pixels.", 32, 1, 4096);
        var seed = new NumberOption<long>("--seed", "Without --weights, the seed that the network was scored for.", 0, long.MinValue, long.MaxValue);
        Option<bool> keepBatchNorm = new("--keep-batch-norm") { Description = "Keeps each BatchNorm as a step of its own, which is folded into the convolution before it otherwise." };
        var command = new ToolCommand(
            "export",
            "Exports an architecture's network to ONNX.",
            "--space SPACE --arch A --onnx FILE [options]",
            "ranknas export --space nats-sss --arch 8:16:24:32:64 --onnx network.onnx",
            "ranknas export --space nats-sss --arch 8:16:24:32:64 --weights trained.safetensors --classes 100 --onnx network.onnx");
        command.AddGroup("Network", space, architecture, classes, imageSize, weights, seed).AddGroup(ToolCommand.OutputGroup, onnx, keepBatchNorm);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ISearchSpace searched = SpaceOption.Resolve(parsed.GetValue(space));
            Architecture wanted = ArchitectureArguments.Parse(searched, parsed.GetValue(architecture) is { } text ? [text] : null)[0];
            string path = onnx.Require(parsed);
            UnfinishedFiles.Expect(path);
            int side = parsed.GetValue(imageSize);
            var options = new OnnxOptions
            {
                Height = side,
                Width = side,
                FoldBatchNorm = !parsed.GetValue(keepBatchNorm),
                Metadata = ImmutableDictionary<string, string>.Empty.Add("space", searched.Id).Add("architecture", wanted.Text),
            };
            long bytes = await Interruptible.RunAsync(
                () => Export(searched, wanted, parsed.GetValue(classes), parsed.GetValue(weights), parsed.GetValue(seed), path, options),
                cancellationToken).ConfigureAwait(false);
            await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB written to {path}.")).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    private static long Export(
        ISearchSpace space, Architecture architecture, int classes, string? weights, long seed, string path, OnnxOptions options)
    {
        using nn.Module<Tensor, Tensor> network = space.BuildNetwork(
            architecture, new NetworkShape { Classes = classes, Height = options.Height, Width = options.Width });
        SetWeights(network, weights, new WeightSeed(seed, architecture.Text));
        Export(network, path, options);
        return new FileInfo(path).Length;
    }

    private static void SetWeights(nn.Module network, string? file, WeightSeed seed)
    {
        if (file is null)
        {
            WeightInitializer.Default.Initialize(network, seed);
            return;
        }

        try
        {
            network.LoadWeights(file);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new UsageException($"--weights: {exception.Message}");
        }
    }

    private static void Export(nn.Module<Tensor, Tensor> network, string path, OnnxOptions options)
    {
        try
        {
            network.ExportOnnx(path, options);
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new UsageException($"--onnx: {exception.Message}");
        }
    }
}
