using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Runtime.Versioning;

namespace RankNas;

/// <summary>Loads LibTorchSharp where the runtime's own attempt has failed.</summary>
[SupportedOSPlatform("linux")]
internal static class LibTorchSharpResolver
{
    private const string FileName = "libLibTorchSharp.so";

    private static readonly Lazy<nint> Patched = new(LoadPatched);

    public static void Register() =>
        AssemblyLoadContext.GetLoadContext(typeof(TorchSharp.torch).Assembly)!.ResolvingUnmanagedDll += Resolve;

    private static nint Resolve(Assembly assembly, string name) =>
        name.Contains("LibTorchSharp", StringComparison.Ordinal) ? Patched.Value : 0;

    private static nint LoadPatched()
    {
        string? path = NativeFolders.Find(FileName);
        if (path is null)
        {
            return 0;
        }

        byte[] original = File.ReadAllBytes(path);
        byte[]? patched = LibTorchSharpPatch.Apply(original);
        if (patched is null)
        {
            return 0;
        }

        foreach (string needed in ElfLibrary.Parse(original).NeededLibraries)
        {
            if (NativeFolders.Find(needed) is { } file)
            {
                NativeLibrary.Load(file);
            }
        }

        return NativeLibrary.Load(PatchedLibraryCache.Store(original, patched));
    }
}
