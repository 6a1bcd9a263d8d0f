using System.Runtime.InteropServices;

namespace RankNas;

/// <summary>Where the runtime and TorchSharp keep native libraries.</summary>
internal static class NativeFolders
{
    /// <summary>Gets the file name of TorchSharp's native library on this system.</summary>
    public static string LibTorchSharp { get; } =
        OperatingSystem.IsWindows() ? "LibTorchSharp.dll" : OperatingSystem.IsMacOS() ? "libLibTorchSharp.dylib" : "libLibTorchSharp.so";

    /// <summary>Lists the folders to look in, best first.</summary>
    public static IEnumerable<string> All()
    {
        string searched = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        string beside = Path.GetDirectoryName(typeof(TorchSharp.torch).Assembly.Location) ?? "";
        string native = Path.Combine("runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        return searched.Split(Path.PathSeparator)
            .Concat([beside, Path.Combine(beside, native), AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, native)])
            .Where(Path.IsPathRooted)
            .Distinct();
    }

    /// <summary>Finds a library.</summary>
    /// <returns>Its path, or <see langword="null"/>.</returns>
    public static string? Find(string file) =>
        All().Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
}
