using RankNas.Torch;
using TorchSharp;

namespace RankNas.Tool.Arguments;

/// <summary><c>--device</c>: where networks run.</summary>
internal static class DeviceOption
{
    public static Option<string> Create() => new ChoiceOption("--device", "Where networks run", "cpu", "cpu", "cuda");

    /// <summary>Gets the kind of device, which has to be there.</summary>
    public static DeviceType Resolve(string? name)
    {
        if (name != "cuda")
        {
            return DeviceType.CPU;
        }

        TorchRuntime.EnsureLoaded();
        return torch.cuda.is_available()
            ? DeviceType.CUDA
            : throw new UsageException(
                "--device is cuda, but this ranknas has libtorch for the CPU, or no GPU to use: write --device cpu, "
                + "or run it from the sources with -p:TorchBackend=cuda-linux (on Windows cuda-windows).");
    }
}
