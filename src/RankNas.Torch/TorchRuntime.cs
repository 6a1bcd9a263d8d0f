using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.Versioning;

namespace RankNas.Torch;

/// <summary>The native half of TorchSharp.</summary>
public static class TorchRuntime
{
    /// <summary>The environment variable that, if <c>1</c>, turns patching off: libtorch is loaded by the .NET runtime alone.</summary>
    public const string NoPatchVariable = "RANKNAS_NO_NATIVE_PATCH";

    /// <summary>The environment variable that names a libtorch to use instead of a package's: the folder <c>torch/lib</c> of a PyTorch, or <c>lib</c> of a libtorch.</summary>
    public const string LibtorchVariable = "RANKNAS_LIBTORCH";

    // What its code and what it makes at its start take; its activations come on top.
    private const long LeastRoom = 600L << 20;

    private static readonly Lazy<bool> Started = new(Start);

    /// <summary>Gets the version of libtorch that this process uses or will use: that of the packages, or of the folder that was named.</summary>
    public static string LibtorchVersion => LibtorchFolder.Version ?? PackagedLibtorch;

    // torch.__version__ is of this constant too, but to ask for it loads libtorch.
    internal static string PackagedLibtorch { get; } = Version.Parse(
        (string)typeof(torch).GetField("libtorchPackageVersion", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.GetRawConstantValue()!).ToString(3);

    /// <summary>Makes sure that libtorch is loaded. Only the first call takes time.</summary>
    /// <exception cref="TorchRuntimeException">It cannot be loaded; the message says what is missing and how to fix it.</exception>
    public static void EnsureLoaded() => _ = Started.Value;

    /// <summary>Loads libtorch from a folder, as the environment variable <c>RANKNAS_LIBTORCH</c> does; the application needs no package TorchSharp-cpu then.</summary>
    /// <param name="folder">The folder <c>torch/lib</c> of a PyTorch 2.10 or 2.11, which <c>python3 -c "import torch; print(torch.__path__[0])"</c> tells, or the folder <c>lib</c> of
    /// a libtorch. The folder above will do.</param>
    /// <exception cref="InvalidOperationException">libtorch is loaded already.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    /// <exception cref="TorchRuntimeException">It cannot be loaded, or is of another version than TorchSharp needs; the message says which.</exception>
    public static void LoadFrom(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("libtorch can be loaded from a folder on Linux only: add a TorchSharp backend package.");
        }

        if (Started.IsValueCreated)
        {
            throw new InvalidOperationException($"libtorch is loaded already: call LoadFrom before anything else of RankNas, or set {LibtorchVariable}.");
        }

        LibtorchFolder.Name(folder);
        EnsureLoaded();
    }

    [SuppressMessage("Design", "CA1031", Justification = "TorchSharp throws half a dozen types where its native half does not load.")]
    private static bool Start()
    {
        if (OperatingSystem.IsLinux())
        {
            CheckForOneLibtorch();
        }
        else if (LibtorchFolder.Named is not null)
        {
            throw new TorchRuntimeException($"{LibtorchVariable} is for Linux only: unset it, and add a TorchSharp backend package.");
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
        else if ((LibtorchFolder.Named is null ? NativeFolders.Find(LoadedLibrary.Libtorch) : LibtorchFolder.Libtorch) is { } own && LoadedLibrary.Find(own) == 0)
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
        if (path is not null && LibtorchFolder.Named is { } named)
        {
            return $"TorchSharp does not fit the libtorch in '{named}' (version {LibtorchFolder.Version}): {exception.GetBaseException().Message.Trim().TrimEnd('.')}. "
                + $"It is made for libtorch {PackagedLibtorch}: set {LibtorchVariable} to a PyTorch of that version.";
        }

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
