using TorchSharp;

namespace RankNas;

/// <summary>The native half of TorchSharp.</summary>
public static class TorchRuntime
{
    private static readonly Lazy<bool> Started = new(Start);

    /// <summary>Makes sure that libtorch loads, or says in one error what is missing.</summary>
    public static void EnsureLoaded() => _ = Started.Value;

    private static bool Start()
    {
        if (OperatingSystem.IsLinux())
        {
            LibTorchSharpResolver.Register();
        }

        torch.InitializeDeviceType(DeviceType.CPU);
        return true;
    }
}
