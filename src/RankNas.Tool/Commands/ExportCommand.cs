using System.Collections.Immutable;
using Microsoft.Win32.SafeHandles;
using RankNas.Graphs;
using RankNas.Images;
using RankNas.Onnx;
using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas export</c>: writes an architecture's network as an ONNX model.</summary>
internal sealed class ExportCommand
{
    // More would be no classes any more, and the classifier alone gigabytes.
    private const int MostClasses = 1_000_000;
    private const int MostChannels = 4096;

    private readonly SpaceOptions _space = new();
    private readonly Option<string> _architecture = new("--arch") { Description = "The architecture, in the space's notation.", HelpName = "A" };
    private readonly PathOption _onnx = new("--onnx", "The ONNX file to write; one that is there is replaced.", "network.onnx", PathUse.Output);
    private readonly PathOption _weights = new(
        "--weights", "Weights to export, a safetensors file; without it, those that were scored for the seed.", "network.safetensors", PathUse.Input);

    private readonly PathOption _images = new(
        "--images",
        "The images of the search, a CIFAR file or a folder of them: the model is for their size and classes and says how they are normalised.",
        "data_batch_1.bin",
        PathUse.InputOrFolder,
        "FILE.bin|DIR");

    private readonly NumberOption<int> _classes = new("--classes", "The number of classes; by default those of --images, else 10.", 10, 1, MostClasses);
    private readonly NumberOption<int> _channels = new("--channels", "The images' channels; by default those of --images, else 3.", 3, 1, MostChannels);
    private readonly ImageSizeOption _imageSize = new("--image-size", "The images' size in pixels; by default that of --images, else 32.");
    private readonly NumberOption<long> _seed = new("--seed", "Without --weights, the seed that the network was scored for.", 0, long.MinValue, long.MaxValue);
    private readonly Option<bool> _normalize = new("--include-normalization")
    {
        Description = "The model takes pixels from 0 to 1 and normalises them itself, as those of --images are.",
    };

    private readonly Option<bool> _keepBatchNorm = new("--keep-batch-norm")
    {
        Description = "Keeps each BatchNorm as a step of its own, which is folded into the convolution before it otherwise.",
    };

    public static Command Create(TextWriter errors)
    {
        var options = new ExportCommand();
        var command = new ToolCommand(
            "export",
            "Exports an architecture's network to ONNX.",
            "--space SPACE --arch A --onnx FILE [options]",
            "ranknas export --space nats-sss --arch 8:16:24:32:64 --onnx network.onnx",
            "ranknas export --space nats-sss --arch 8:16:24:32:64 --weights trained.safetensors --classes 100 --onnx network.onnx");
        command.AddGroup("Network", [.. options._space.All, options._architecture, options._classes, options._channels, options._imageSize, options._weights, options._seed])
            .AddGroup(ToolCommand.ImagesGroup, options._images)
            .AddGroup(ToolCommand.OutputGroup, options._onnx, options._normalize, options._keepBatchNorm);
        command.SetAction((parsed, cancellationToken) => options.RunAsync(parsed, errors, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, TextWriter errors, CancellationToken cancellationToken)
    {
        ISearchSpace space = _space.Resolve(parsed);
        Architecture architecture = ArchitectureArguments.Parse(space, parsed.GetValue(_architecture) is { } text ? [text] : null)[0];
        string path = _onnx.Require(parsed);
        long bytes = await Interruptible.RunAsync(() => Export(parsed, space, architecture, path), cancellationToken).ConfigureAwait(false);
        await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB written to {path}.")).ConfigureAwait(false);
        return ExitCode.Done;
    }

    private long Export(ParseResult parsed, ISearchSpace space, Architecture architecture, string path)
    {
        ProbeImages? images = ImagesOption.Resolve(parsed.GetValue(_images));
        NetworkShape shape = ShapeOf(parsed, SpaceOptions.ShapeFor(space, images?.Shape ?? new NetworkShape()));
        using nn.Module<Tensor, Tensor> network = space.BuildNetwork(architecture, shape);
        SetWeights(network, parsed.GetValue(_weights), new WeightSeed(parsed.GetValue(_seed), architecture.Text));
        Export(network, path, shape, new OnnxOptions
        {
            FoldBatchNorm = !parsed.GetValue(_keepBatchNorm),
            Normalization = images?.Normalization,
            IncludeNormalization = parsed.GetValue(_normalize),
            Metadata = ImmutableDictionary<string, string>.Empty.Add("space", space.Id).Add("architecture", architecture.Text),
        });
        using SafeFileHandle written = File.OpenHandle(path);
        return RandomAccess.GetLength(written);
    }

    // What is given goes before what the images have.
    private NetworkShape ShapeOf(ParseResult parsed, NetworkShape images)
    {
        (int height, int width) = parsed.IsGiven(_imageSize) ? parsed.GetValue(_imageSize) : (images.Height, images.Width);
        return new NetworkShape
        {
            Classes = parsed.IsGiven(_classes) ? parsed.GetValue(_classes) : images.Classes,
            Channels = parsed.IsGiven(_channels) ? parsed.GetValue(_channels) : images.Channels,
            Height = height,
            Width = width,
        };
    }

    private static void SetWeights(nn.Module network, string? file, WeightSeed seed)
    {
        if (file is null)
        {
            WeightInitializer.Default.Initialize(network, seed);
            return;
        }

        InputOption.Read("--weights", () => network.LoadWeights(file));
    }

    private static void Export(nn.Module<Tensor, Tensor> network, string path, NetworkShape shape, OnnxOptions options)
    {
        if (options is { IncludeNormalization: true, Normalization: null })
        {
            throw new UsageException("--include-normalization needs the images whose mean and deviation to use: write --images FILE.bin too.");
        }

        if (options.Normalization is { } known && known.Mean.Length != shape.Channels)
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture, $"--channels is {shape.Channels}, but the images have {known.Mean.Length} channels: leave --channels or --images out."));
        }

        try
        {
            network.ExportOnnx(path, shape, options);
        }
        catch (Exception exception) when (exception is DirectoryNotFoundException or OnnxExportException)
        {
            throw new UsageException($"--onnx: {exception.Message}");
        }
    }
}
