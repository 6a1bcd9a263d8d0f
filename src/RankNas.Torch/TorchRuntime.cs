using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.Versioning;

namespace RankNas.Torch;

/// <summary>The native half of TorchSharp.</summary>
public static class TorchRuntime
{
    /// <summary>The environment variable that, if <c>1</c>, turns patching off: libtorch is loaded by the .NET runtime alone.</summary>
    public const string NoPatchVariable = "RANKNAS_NO_NATIVE_PATCH";

    // What its code and what it makes at its start take; its activations come on top.
    private const long LeastRoom = 600L << 20;

    private static readonly Lazy<bool> Started = new(Start);

    /// <summary>Makes sure that libtorch is loaded. Only the first call takes time.</summary>
    /// <exception cref="TorchRuntimeException">It cannot be loaded; the message says what is missing and how to fix it.</exception>
    public static void EnsureLoaded() => _ = Started.Value;

    [SuppressMessage("Design", "CA1031", Justification = "TorchSharp throws half a dozen types where its native half does not load.")]
    private static bool Start()
    {
        if (OperatingSystem.IsLinux())
        {
            CheckForOneLibtorch();
        }

        bool mayPatch = Environment.GetEnvironmentVariable(NoPatchVariable) != "1";
        if (OperatingSystem.IsLinux() && LibTorchSharpLoader.TryLoad(mayPatch) is { } failure)
        {
            throw new TorchRuntimeException(Explain(failure), failure);
        }

        if (OperatingSystem.IsLinux() && mayPatch)
        {
            CheckedMatmul.PutInPlace();
        }

        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception exception)
        {
            throw new TorchRuntimeException(Explain(exception), exception);
        }

        if (OperatingSystem.IsLinux())
        {
            Nnpack.TurnOff();
        }

        return true;
    }

    [SupportedOSPlatform("linux")]
    private static void CheckForOneLibtorch()
    {
        if (LoadedLibrary.Find(LoadedLibrary.Libtorch) == 0)
        {
            CheckRoom();
        }
        else if (NativeFolders.Find(LoadedLibrary.Libtorch) is { } own && LoadedLibrary.Find(own) == 0)
        {
            // libtorch's second copy would find the first one's registries filled, and end the process.
            throw new TorchRuntimeException($"There is another libtorch in this process already, and {own} cannot be loaded beside it. "
                + "Have plugins share TorchSharp and RankNas: load both in the host's own context, or all plugins from one folder.");
        }
    }

    private static void CheckRoom()
    {
        if (AddressSpace.Room is < LeastRoom and var room)
        {
            throw new TorchRuntimeException(string.Create(
                CultureInfo.InvariantCulture, $"libtorch needs {LeastRoom >> 20} MB of addresses, and the limit set for the process leaves {room >> 20} MB. ")
                + "Raise it ('ulimit -v'), or have .NET reserve less: DOTNET_GCRegionRange=20000000 in the environment, which is half a gigabyte in hexadecimal.");
        }
    }

    private static string Explain(Exception exception)
    {
        // The package TorchSharp may bring its own library, but never libtorch, which that one needs.
        string? path = NativeFolders.Find(NativeFolders.LibTorchSharp);
        if (path is null || NativeFolders.Find(NativeFolders.Libtorch) is null)
        {
            return $"There is no libtorch: {(path is null ? NativeFolders.LibTorchSharp : NativeFolders.Libtorch)} is in none of the application's folders. "
                + "Add a backend to the application: 'dotnet add package TorchSharp-cpu', or TorchSharp-cuda-windows or TorchSharp-cuda-linux.";
        }

        // The runtime's advice comes first, the system's word on it last.
        string cause = exception.GetBaseException().Message.Trim().Split('\n')[^1].Trim().TrimEnd('.') + ".";
        return exception is IOException
            ? $"{path} needs a change to load on this system, which is made in memory: {cause} Free some memory, or use a system whose libstdc++ is of GCC 13 or newer."
            : $"{path} does not load: {cause} "
                + "Install the library that is named as missing (on Debian and Ubuntu: 'apt install libgomp1 libstdc++6'), "
                + "or use a system with glibc 2.28 and libstdc++ of GCC 8 or newer.";
    }
}
