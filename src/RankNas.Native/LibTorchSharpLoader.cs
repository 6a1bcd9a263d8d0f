using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Runtime.Versioning;
using TorchSharp;

namespace RankNas;

/// <summary>Loads LibTorchSharp for the load context that this assembly is in: as the runtime does, else from a patched copy.</summary>
[SupportedOSPlatform("linux")]
internal static class LibTorchSharpLoader
{
    private const string Name = "LibTorchSharp";

    private static readonly Assembly TorchSharp = typeof(torch).Assembly;
    private static readonly Lazy<nint> Patched = new(LoadPatched);

    /// <summary>Loads it, and has TorchSharp take it.</summary>
    /// <param name="mayPatch">Whether a patched copy will do.</param>
    /// <returns>Why it does not load; null where it does.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Load contexts of programs throw what they like; what they throw is returned.")]
    public static Exception? TryLoad(bool mayPatch)
    {
        try
        {
            if (mayPatch)
            {
                AssemblyLoadContext.GetLoadContext(TorchSharp)!.ResolvingUnmanagedDll += (_, name) => IsIt(name) ? Patched.Value : 0;
            }

            _ = NativeLibrary.Load(Name, TorchSharp, null);
            _ = TorchSharpBackend.MarkLoaded();
            return null;
        }
        catch (Exception exception)
        {
            return mayPatch ? TryLoadPatched(exception) : TryLoadByPath(exception);
        }
    }

    // A context that has a say in native libraries, as plugins' have, may throw before anybody is asked.
    [SuppressMessage("Design", "CA1031", Justification = "As above.")]
    private static Exception? TryLoadPatched(Exception normal)
    {
        try
        {
            if (Patched.Value == 0)
            {
                return normal;
            }

            NativeLibrary.SetDllImportResolver(TorchSharp, (name, _, _) => IsIt(name) ? Patched.Value : 0);
            return TorchSharpBackend.MarkLoaded() ? null : normal;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    // The runtime lists all that it has tried; of one path it says what is the matter.
    private static Exception? TryLoadByPath(Exception normal)
    {
        try
        {
            _ = NativeFolders.Find(NativeFolders.LibTorchSharp) is { } path ? NativeLibrary.Load(path) : 0;
            return normal;
        }
        catch (DllNotFoundException exception)
        {
            return exception;
        }
    }

    private static bool IsIt(string name) => name.Contains(Name, StringComparison.Ordinal);

    private static nint LoadPatched()
    {
        if (NativeFolders.Find(NativeFolders.LibTorchSharp) is not { } path)
        {
            return 0;
        }

        byte[] original = File.ReadAllBytes(path);
        LoadWhatItNeeds(original);
        return LibTorchSharpPatch.Apply(original) is { } patched
            ? MemoryFile.Load(NativeFolders.LibTorchSharp, patched)
            : NativeLibrary.Load(path);
    }

    // From another folder than its own, the library finds them only where they are loaded. Two libtorch in one process would not do.
    private static void LoadWhatItNeeds(byte[] library)
    {
        foreach (string needed in ElfLibrary.Parse(library).NeededLibraries.Where(needed => LoadedLibrary.Find(needed) == 0))
        {
            if (NativeFolders.Find(needed) is { } file)
            {
                NativeLibrary.Load(file);
            }
        }
    }
}
