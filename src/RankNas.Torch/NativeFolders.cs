using System.Runtime.InteropServices;

namespace RankNas.Torch;

/// <summary>Where the runtime and TorchSharp keep native libraries.</summary>
internal static class NativeFolders
{
    /// <summary>Gets the file name of TorchSharp's native library on this system.</summary>
    public static string LibTorchSharp { get; } =
        OperatingSystem.IsWindows() ? "LibTorchSharp.dll" : OperatingSystem.IsMacOS() ? "libLibTorchSharp.dylib" : "libLibTorchSharp.so";

    /// <summary>Gets the file name of the library of libtorch that every backend has.</summary>
    public static string Libtorch { get; } =
        OperatingSystem.IsWindows() ? "torch_cpu.dll" : OperatingSystem.IsMacOS() ? "libtorch_cpu.dylib" : "libtorch_cpu.so";

    // The runtime of a distribution calls the system by another name (ubuntu.22.04-x64) than packages do.
    private static string PackagedSystem { get; } =
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux") + "-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>Lists the folders to look in, best first: a plugin's own come before those of the program that has loaded it.</summary>
    public static IEnumerable<string> All()
    {
        string searched = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";

        // In a program of a single file, assemblies have no place.
        string beside = Path.GetDirectoryName(typeof(torch).Assembly.Location) ?? "";
        return new[] { beside, AppContext.BaseDirectory }
            .Where(Path.IsPathRooted)
            .SelectMany(folder => new[] { NativeFolderOf(folder), folder })
            .Concat(searched.Split(Path.PathSeparator).Where(Path.IsPathRooted))
            .Concat(PackagesBeside(beside).Select(NativeFolderOf))
            .Distinct();
    }

    /// <summary>Finds a library.</summary>
    /// <returns>Its path, or <see langword="null"/>.</returns>
    public static string? Find(string file) =>
        All().Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    private static string NativeFolderOf(string folder) => Path.Combine(folder, "runtimes", PackagedSystem, "native");

    // Notebooks and scripts load assemblies from where packages are unpacked: <packages>/torchsharp/<version>/lib/<framework>.
    private static IEnumerable<string> PackagesBeside(string folder)
    {
        string[] names = folder.Split(Path.DirectorySeparatorChar);
        if (names is not [.., "torchsharp", _, "lib", _])
        {
            return [];
        }

        string torchSharp = Path.GetFullPath(Path.Combine(folder, "..", ".."));
        string packages = Path.GetFullPath(Path.Combine(torchSharp, "..", ".."));
        return [torchSharp, Path.Combine(packages, $"libtorch-cpu-{PackagedSystem}", TorchRuntime.PackagedLibtorch)];
    }
}
