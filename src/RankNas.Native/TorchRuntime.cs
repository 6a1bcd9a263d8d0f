using System.Diagnostics.CodeAnalysis;
using TorchSharp;

namespace RankNas;

/// <summary>The native half of TorchSharp.</summary>
public static class TorchRuntime
{
    /// <summary>The environment variable that, set to <c>1</c>, has libtorch loaded by the runtime's own means only.</summary>
    public const string NoPatchVariable = "RANKNAS_NO_NATIVE_PATCH";

    private static readonly Lazy<bool> Started = new(Start);

    /// <summary>Makes sure that libtorch is loaded. The first call takes a moment, any other none.</summary>
    /// <exception cref="TorchRuntimeException">It cannot be loaded; the message names what is missing and the fix.</exception>
    public static void EnsureLoaded() => _ = Started.Value;

    [SuppressMessage("Design", "CA1031", Justification = "TorchSharp throws half a dozen types where its native half does not load.")]
    private static bool Start()
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable(NoPatchVariable) != "1")
        {
            LibTorchSharpResolver.Register();
        }

        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
            if (OperatingSystem.IsLinux())
            {
                Nnpack.TurnOff();
            }

            return true;
        }
        catch (Exception exception)
        {
            throw new TorchRuntimeException(Explain(exception), exception);
        }
    }

    private static string Explain(Exception exception)
    {
        if (NativeFolders.Find(NativeFolders.LibTorchSharp) is not { } path)
        {
            return $"There is no libtorch: {NativeFolders.LibTorchSharp} is in none of the application's folders. "
                + "Add a backend to the application: 'dotnet add package TorchSharp-cpu', or TorchSharp-cuda-windows or TorchSharp-cuda-linux.";
        }

        Exception cause = LibTorchSharpFailure() ?? exception.GetBaseException();
        return $"{path} does not load: {cause.Message.Trim()} "
            + "Install the library that is named as missing (on Debian and Ubuntu: 'apt install libgomp1 libstdc++6'), "
            + "or use a system with glibc 2.28 and libstdc++ of GCC 8 or newer.";
    }

    private static Exception? LibTorchSharpFailure() => OperatingSystem.IsLinux() ? LibTorchSharpResolver.Failure : null;
}
