using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Runtime.Versioning;
using RankNas.Torch.Elf;

namespace RankNas.Torch;

/// <summary>Loads LibTorchSharp for the load context that this assembly is in: as the runtime does, else from a patched copy.</summary>
[SupportedOSPlatform("linux")]
internal static class LibTorchSharpLoader
{
    private const string Name = "LibTorchSharp";

    private static readonly Assembly TorchSharp = typeof(torch).Assembly;

    /// <summary>Gets its handle, once it is loaded.</summary>
    public static nint Library => NativeLibrary.Load(Name, TorchSharp, null);

    /// <summary>Loads it where TorchSharp will find it, before TorchSharp looks: where it finds nothing, it writes pages to standard output.</summary>
    /// <param name="mayPatch">Whether a patched copy will do.</param>
    /// <returns>Why it does not load; null where it does.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Load contexts of programs throw what they like; what they throw is returned.")]
    public static Exception? TryLoad(bool mayPatch)
    {
        try
        {
            if (LibtorchFolder.Named is not null)
            {
                LibtorchFolder.Load();
                return TryLoadFrom(NativeFolders.Find(NativeFolders.LibTorchSharp) ?? throw new DllNotFoundException(NativeFolders.LibTorchSharp), mayPatch);
            }

            _ = Library;
            return null;
        }
        catch (Exception exception) when (exception is not TorchRuntimeException)
        {
            return NativeFolders.Find(NativeFolders.LibTorchSharp) is { } path ? TryLoadFrom(path, mayPatch) : exception;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "As above.")]
    private static Exception? TryLoadFrom(string path, bool mayPatch)
    {
        try
        {
            nint library = Load(path, mayPatch);

            // The runtime asks this last, and finds the library by itself where it looks for the same path.
            AssemblyLoadContext.GetLoadContext(TorchSharp)!.ResolvingUnmanagedDll += (_, name) => name.Contains(Name, StringComparison.Ordinal) ? library : 0;
            _ = Library;
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private static nint Load(string path, bool mayPatch)
    {
        byte[] original = File.ReadAllBytes(path);
        LoadWhatItNeeds(original);
        bool isOfAnother = LibtorchFolder.Named is not null;
        if (mayPatch && LibTorchSharpPatch.Apply(original) is { } patched)
        {
            return MemoryFile.Load(path, patched, isOfAnother);
        }

        if (isOfAnother)
        {
            LoadedLibrary.OpenWithAllItCalls(path);
        }

        return NativeLibrary.Load(path);
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
