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
        var onnx = new Option<string>("--onnx") { Description = "The ONNX file to write; one that is there is replaced.", HelpName = "FILE" };
        var weights = new Option<string>("--weights")
        {
            Description = "Weights to export, a safetensors file; without it, those that were scored for the seed.",
            HelpName = "FILE",
        };
        var classes = new NumberOption<int>("--classes", "The number of classes.", 10, 1);
        var imageSize = new NumberOption<int>("--image-size", "The images' height and width in pixels.", 32, 1);
        var seed = new NumberOption<long>("--seed", "Without --weights, the seed that the network was scored for.", 0);
        Option<bool> keepBatchNorm = new("--keep-batch-norm") { Description = "Keeps each BatchNorm as a step of its own, which is folded into the convolution before it otherwise." };
        var command = new Command("export", "Exports an architecture's network to ONNX.") { space, architecture, onnx, weights, classes, imageSize, seed, keepBatchNorm };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ISearchSpace searched = SpaceOption.Resolve(parsed.GetValue(space));
            Architecture wanted = ArchitectureArguments.Parse(searched, parsed.GetValue(architecture) is { } text ? [text] : null)[0];
            string path = parsed.GetValue(onnx) ?? throw new UsageException("--onnx is missing: write --onnx network.onnx.");
            int side = parsed.GetValue(imageSize);
            using nn.Module<Tensor, Tensor> network = searched.BuildNetwork(
                wanted, new NetworkShape { Classes = parsed.GetValue(classes), Height = side, Width = side });
            SetWeights(network, parsed.GetValue(weights), new WeightSeed(parsed.GetValue(seed), wanted.Text));
            cancellationToken.ThrowIfCancellationRequested();
            Export(network, path, new OnnxOptions
            {
                Height = side,
                Width = side,
                FoldBatchNorm = !parsed.GetValue(keepBatchNorm),
                Metadata = ImmutableDictionary<string, string>.Empty.Add("space", searched.Id).Add("architecture", wanted.Text),
            });
            await errors.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"{new FileInfo(path).Length / 1e6:0.0} MB written to {path}.")).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
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
