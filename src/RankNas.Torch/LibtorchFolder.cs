using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace RankNas.Torch;

/// <summary>A libtorch that the user has named, such as that of an installed PyTorch, instead of a package's.</summary>
internal static partial class LibtorchFolder
{
    private const string CpuHalf = "libtorch_cpu.so";

    // As PyTorch loads them: what the others need comes first. The parts for CUDA are there in builds for it.
    private static readonly string[] InOrder = ["libtorch_global_deps.so", "libc10.so", CpuHalf, "libc10_cuda.so", "libtorch_cuda.so", "libtorch.so"];

    private static readonly string[] NeededNames = ["libc10.so", CpuHalf, "libtorch.so"];

    private static string? _named;

    /// <summary>Gets what was named, by a call or by the environment; null where nothing was.</summary>
    public static string? Named => _named ?? (Environment.GetEnvironmentVariable(TorchRuntime.LibtorchVariable) is { Length: > 0 } path ? path : null);

    /// <summary>Gets its version; null where nothing was named.</summary>
    public static string? Version => Named is null ? null : VersionIn(Find()) ?? "unknown";

    /// <summary>Names the folder for the process.</summary>
    public static void Name(string path) => _named = path;

    /// <summary>Gets the path of its CPU half.</summary>
    /// <exception cref="TorchRuntimeException">It is not there.</exception>
    public static string Libtorch => Path.Combine(Find(), CpuHalf);

    /// <summary>Loads it. TorchSharp's own library then finds it in the process and looks for no other.</summary>
    /// <exception cref="TorchRuntimeException">It is not there, or does not load.</exception>
    [SupportedOSPlatform("linux")]
    public static void Load()
    {
        string folder = Find();
        foreach (string file in InOrder.Select(name => Path.Combine(folder, name)).Where(File.Exists))
        {
            try
            {
                NativeLibrary.Load(file);
            }
            catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
            {
                string cause = exception.Message.Trim().Split('\n').Last(line => line.Trim().Length > 0).Trim().TrimEnd('.');
                throw new TorchRuntimeException($"The libtorch of {TorchRuntime.LibtorchVariable} does not load: {cause}. Name that of a PyTorch which 'import torch' loads.", exception);
            }
        }

        // TorchSharp asks for these names. Some distributions give their libraries others, and a second libtorch would then be loaded beside the first.
        if (Array.Find(NeededNames, name => LoadedLibrary.Find(name) == 0) is { } missing)
        {
            throw new TorchRuntimeException(
                $"The libtorch in '{folder}' (version {Version}) does not call itself {missing}, as TorchSharp does: name the libtorch of a PyTorch 2.10 or 2.11 from PyPI or pytorch.org.");
        }
    }

    // The folder itself, or an installed torch, or an unpacked libtorch.
    private static string Find()
    {
        string named = Named!;
        return new[] { named, Path.Combine(named, "lib"), Path.Combine(named, "torch", "lib") }
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, CpuHalf)))
            ?? throw new TorchRuntimeException(
                $"{TorchRuntime.LibtorchVariable} is '{named}', where there is no {CpuHalf}: name the folder torch/lib of a PyTorch, or the folder lib of a libtorch.");
    }

    private static string? VersionIn(string folder)
    {
        string root = Path.GetDirectoryName(folder) ?? folder;
        if (Path.Combine(root, "build-version") is var unpacked && File.Exists(unpacked))
        {
            return File.ReadLines(unpacked).FirstOrDefault()?.Trim();
        }

        return Path.Combine(root, "version.py") is var installed && File.Exists(installed) && VersionLine().Match(File.ReadAllText(installed)) is { Success: true } match
            ? match.Groups[1].Value
            : null;
    }

    [GeneratedRegex("""^__version__\s*=\s*['"]([^'"]+)['"]""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex VersionLine();
}
