using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Runtime.Versioning;

namespace RankNas;

/// <summary>Loads LibTorchSharp where the runtime's own attempt has failed.</summary>
[SupportedOSPlatform("linux")]
internal static class LibTorchSharpResolver
{
    private static readonly Lazy<(nint Handle, Exception? Failure)> Patched = new(TryLoadPatched);

    /// <summary>Gets why the patched library did not load; null where it did, or was not needed.</summary>
    public static Exception? Failure => Patched.IsValueCreated ? Patched.Value.Failure : null;

    public static void Register() =>
        AssemblyLoadContext.GetLoadContext(typeof(TorchSharp.torch).Assembly)!.ResolvingUnmanagedDll += Resolve;

    private static nint Resolve(Assembly assembly, string name) =>
        name.Contains("LibTorchSharp", StringComparison.Ordinal) ? Patched.Value.Handle : 0;

    [SuppressMessage("Design", "CA1031", Justification = "Whatever it is, it is reported where libtorch is found not to load.")]
    private static (nint Handle, Exception? Failure) TryLoadPatched()
    {
        try
        {
            return (LoadPatched(), null);
        }
        catch (Exception exception)
        {
            return (0, exception);
        }
    }

    private static nint LoadPatched()
    {
        if (NativeFolders.Find(NativeFolders.LibTorchSharp) is not { } path)
        {
            return 0;
        }

        byte[] original = File.ReadAllBytes(path);
        LoadWhatItNeeds(original);
        return LibTorchSharpPatch.Apply(original) is { } patched
            ? PatchedLibraryCache.Default.Load(original, patched)
            : NativeLibrary.Load(path);
    }

    private static void LoadWhatItNeeds(byte[] library)
    {
        foreach (string needed in ElfLibrary.Parse(library).NeededLibraries)
        {
            if (NativeFolders.Find(needed) is { } file)
            {
                NativeLibrary.Load(file);
            }
        }
    }
}
