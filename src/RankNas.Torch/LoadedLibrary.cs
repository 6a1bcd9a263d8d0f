using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace RankNas.Torch;

/// <summary>Libraries that the process has loaded already, whoever did.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe class LoadedLibrary
{
    /// <summary>The CPU half of libtorch.</summary>
    public const string Libtorch = "libtorch_cpu.so";

    private const int Lazily = 1;
    private const int OnlyIfLoaded = 4;

    private static readonly delegate* unmanaged<byte*, int, nint> Open = FindOpen();

    /// <summary>Finds a library by the name that it gives itself, in whichever folder it lies, or by its path.</summary>
    /// <returns>Its handle; 0 where it is not loaded.</returns>
    public static nint Find(string name)
    {
        byte* text = (byte*)Marshal.StringToCoTaskMemUTF8(name);
        try
        {
            return Open is null ? 0 : Open(text, Lazily | OnlyIfLoaded);
        }
        finally
        {
            Marshal.FreeCoTaskMem((nint)text);
        }
    }

    // Before glibc 2.34 it was in a library of its own, which is still there.
    private static delegate* unmanaged<byte*, int, nint> FindOpen() =>
        NativeLibrary.TryLoad("libdl.so.2", out nint library) && NativeLibrary.TryGetExport(library, "dlopen", out nint open)
            ? (delegate* unmanaged<byte*, int, nint>)open
            : null;
}
