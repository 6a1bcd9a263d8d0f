using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace RankNas.Torch;

/// <summary>A file that lies in memory alone: it has no name that another program could put something else under, and needs no folder.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class MemoryFile
{
    private const uint CloseOnExec = 1;

    // Systems that hold memory files to be no programs otherwise ask for it; older ones do not know it.
    private const uint Executable = 0x10;

    /// <summary>Loads a library from its bytes.</summary>
    /// <param name="path">Whose place it takes: whoever loads this path from now on gets the one from memory.</param>
    /// <param name="library">The library's bytes.</param>
    /// <param name="hasAllItCalls">Whether to make sure that all it calls is there.</param>
    /// <returns>Its handle. It is never unloaded.</returns>
    /// <exception cref="IOException">The system makes no such file, or it does not fit into memory.</exception>
    /// <exception cref="DllNotFoundException">The system does not load it.</exception>
    public static nint Load(string path, ReadOnlySpan<byte> library, bool hasAllItCalls = false)
    {
        int descriptor = Create(Path.GetFileName(path));

        // It stays open: the loader knows a library by its path, and the number in it must not come to stand for another one.
        using (var handle = new SafeFileHandle(descriptor, ownsHandle: false))
        {
            RandomAccess.Write(handle, library, fileOffset: 0);
        }

        string place = $"/proc/self/fd/{descriptor}";
        if (hasAllItCalls)
        {
            LoadedLibrary.OpenWithAllItCalls(place);
        }

        nint loaded = NativeLibrary.Load(place);
        Rename(loaded, place, path);
        return loaded;
    }

    // The load contexts of plugins load a path, and ask nobody where that fails. The loader keeps the name of what it has loaded in the second field of what a
    // handle points to (struct link_map of link.h), and looks there before it opens a file; debuggers look there too.
    private static void Rename(nint library, string from, string to)
    {
        var map = (LinkMap*)library;
        if (Marshal.PtrToStringUTF8(map->Name) == from)
        {
            map->Name = Marshal.StringToCoTaskMemUTF8(to);
        }
    }

    private static int Create(string name)
    {
        int descriptor = Create(name, CloseOnExec | Executable);
        if (descriptor < 0)
        {
            descriptor = Create(name, CloseOnExec);
        }

        return descriptor >= 0 ? descriptor : throw new IOException($"No file in memory can be made: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}.");
    }

    [LibraryImport("libc.so.6", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Create(string name, uint flags);

    [StructLayout(LayoutKind.Sequential)]
    private struct LinkMap
    {
        public nint Address;
        public nint Name;
    }
}
