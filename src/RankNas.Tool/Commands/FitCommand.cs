using RankNas.Fitting;
using RankNas.Graphs;
using RankNas.Images;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas fit</c>: from pictures to a model.</summary>
internal static class FitCommand
{
    public static Command Create(TextWriter output, TextWriter errors)
    {
        var pictures = new Argument<string>("PICTURES") { Description = "A folder of class folders, a CSV file of paths and labels, or a ZIP file of either.", Arity = ArgumentArity.ZeroOrOne };
        var folder = new FolderOption("--out", "The folder for the model: model.onnx, weights.safetensors, report.html, fit.json.", "model");
        var resume = new Option<bool>("--resume") { Description = "Goes on with the run in --out where it stopped." };
        var int8 = new Option<bool>("--int8") { Description = "Also writes model-int8.onnx, with weights and activations of 8 bits, and measures it." };
        var space = new SpaceOptions();
        var constraints = new ConstraintOptions();
        var latency = new LatencyOption("--max-latency", "Searches only networks that take at most so long for one picture on this machine's CPU, such as 5ms.");
        var target = new ChoiceOption("--target", "What --max-latency is measured in: ONNX Runtime, or libtorch on the CPU; one thread", "onnx", "onnx", "cpu");
        var minutes = NumberOption<double>.WithoutDefault("--minutes", "How long the whole may take.", 0.1, 34_560, 30);
        var budget = new NumberOption<int>("--budget", "How many architectures the search scores.", 200, 1, 1_000_000_000);
        var candidates = new NumberOption<int>("--candidates", "How many of the best-ranked are trained briefly; the best of them on the validation pictures is trained out.", 3, 1, 100);
        var onlyBest = new Option<bool>("--train-only-best") { Description = "Trains the best-ranked architecture alone, as --candidates 1." };
        var epochs = NumberOption<int>.WithoutDefault("--epochs", "How often the last training goes through the pictures; by their number if left out.", 1, 1_000_000, 100);
        var size = new ImageSizeOption("--size", "The size that pictures are brought into; by their own sizes if left out.") { DefaultValueFactory = null };
        var resize = new ChoiceOption("--resize", "How pictures of other proportions are brought into that size", "crop", "crop", "fit", "stretch");
        var skip = new Option<bool>("--skip-corrupt") { Description = "Leaves out pictures that cannot be read, and lists them; without it they are an error." };
        var validation = new NumberOption<double>("--validation", "The share held out for validation, where there is no folder val.", 0.2, 0.01, 0.9);
        var test = new NumberOption<double>("--test", "The share held out for a test in the end, where there is no folder test; 0 for none.", 0, 0, 0.9);
        var seed = new NumberOption<long>("--seed", "The seed of split, weights, search and training.", 0, long.MinValue, long.MaxValue);
        var device = new DeviceOption("Where networks run", "cpu");
        Option<bool> json = JsonOutput.CreateOption();
        var command = new ToolCommand(
            "fit",
            "Makes a model of a folder of pictures: searches without training, trains the best, writes ONNX.",
            "PICTURES [--out DIR] [options]",
            "ranknas fit photos --max-parameters 300k --out model",
            "ranknas fit photos.zip --minutes 30 --max-latency 5ms --out model",
            "ranknas fit photos --space mobilenet --resume --out model");
        command.Arguments.Add(pictures);
        command.AddGroup("Model", [folder, resume, int8, .. space.All, minutes, budget, candidates, onlyBest, epochs]);
        constraints.AddTo(command);
        command.AddGroup(ToolCommand.LimitsGroup, latency, target)
            .AddGroup("Pictures", size, resize, skip, validation, test)
            .AddGroup(ToolCommand.NetworkGroup, seed, device)
            .AddGroup(ToolCommand.OutputGroup, json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string source = parsed.GetValue(pictures) ?? throw new UsageException("The pictures are missing: write a folder, such as ranknas fit photos.");
            var options = new FitOptions
            {
                OutputFolder = parsed.GetValue(folder)!,
                Resume = parsed.GetValue(resume),
                Space = space.IsGiven(parsed) ? space.Resolve(parsed) : null,
                MaxParameters = constraints.MaxParameters(parsed),
                MaxMacs = constraints.MaxMacs(parsed),
                MaxLatency = parsed.IsGiven(latency) ? parsed.GetValue(latency) : null,
                LatencyTarget = parsed.GetValue(target) == "cpu" ? LatencyTarget.Torch : LatencyTarget.OnnxRuntime,
                Quantize = parsed.GetValue(int8),
                TimeLimit = parsed.IsGiven(minutes) ? TimeSpan.FromMinutes(parsed.GetValue(minutes)) : null,
                Budget = parsed.GetValue(budget),
                Candidates = parsed.GetValue(onlyBest) ? 1 : parsed.GetValue(candidates),
                Epochs = parsed.IsGiven(epochs) ? parsed.GetValue(epochs) : null,
                ValidationShare = parsed.GetValue(validation),
                TestShare = parsed.GetValue(test),
                Seed = parsed.GetValue(seed),
                Device = DeviceOption.Resolve(parsed.GetValue(device), isElsewhere: false)[0],
                Pictures = new PictureOptions
                {
                    Size = parsed.IsGiven(size) ? SizeOf(parsed.GetValue(size)) : null,
                    Resize = parsed.GetValue(resize) switch
                    {
                        "fit" => PictureResize.Fit,
                        "stretch" => PictureResize.Stretch,
                        _ => PictureResize.CropToFill,
                    },
                    OnCorrupt = parsed.GetValue(skip) ? CorruptPictures.Skip : CorruptPictures.Refuse,
                },
            };
            FitResult result = await FitProgressView.RunAsync(errors, options.TimeLimit, progress => Fit.FolderAsync(source, options, progress, cancellationToken), cancellationToken).ConfigureAwait(false);
            JsonOutput.WriteOr(output, parsed.GetValue(json), FitReportView.Of(result), FitReportView.Write);
            return result.End == FitEnd.Cancelled ? ExitCode.Cancelled : ExitCode.Done;
        });
        return command;
    }

    private static Size2D SizeOf((int Height, int Width) size) => new(size.Height, size.Width);
}
