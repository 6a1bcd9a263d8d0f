using System.Collections.Immutable;
using RankNas.Torch;

namespace RankNas.Tool.Arguments;

/// <summary><c>--device</c>: where networks run.</summary>
internal sealed class DeviceOption : Option<string>, IExplainedOption
{
    public DeviceOption(string description, string? byDefault)
        : base("--device")
    {
        Description = $"{description}: the CPU, a GPU by its index, or several GPUs.";
        HelpName = "cpu|cuda|cuda:N,…";
        CompletionSources.Add("cpu", "cuda");
        if (byDefault is not null)
        {
            DefaultValueFactory = _ => byDefault;
        }

        Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value))
            {
                try
                {
                    _ = Parse(text);
                }
                catch (FormatException)
                {
                    result.AddError($"--device is '{text}': write --device cpu, --device cuda for the first GPU, or GPUs by their indices, such as --device cuda:0,cuda:1.");
                }
            }
        });
    }

    public string Example => "cuda:1";

    /// <summary>Gets the devices, which have to be there; without a name the CPU.</summary>
    /// <param name="text">Their names.</param>
    /// <param name="isElsewhere">Whether they are those of other machines.</param>
    public static ImmutableArray<ComputeDevice> Resolve(string? text, bool isElsewhere = false)
    {
        ImmutableArray<ComputeDevice> devices = text is null ? [ComputeDevice.Cpu] : Parse(text);
        return !isElsewhere && ComputeDevice.WhyMissing(devices) is { } missing
            ? throw new UsageException($"--device is {text}, but {missing}: write --device cpu, set RANKNAS_LIBTORCH to the folder of a PyTorch with CUDA, or run ranknas from the sources with -p:TorchBackend=cuda-linux (on Windows cuda-windows).")
            : devices;
    }

    // Each GPU once, and the CPU alone.
    private static ImmutableArray<ComputeDevice> Parse(string text)
    {
        ImmutableArray<ComputeDevice> devices = [.. text.Split(',').Select(ComputeDevice.Parse)];
        return ComputeDevice.AreOneSet(devices)
            ? devices
            : throw new FormatException($"'{text}' names a device twice, or the CPU among others.");
    }
}
