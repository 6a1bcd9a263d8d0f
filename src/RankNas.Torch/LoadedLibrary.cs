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
    private const int AtOnce = 2;
    private const int OnlyIfLoaded = 4;

    private static readonly delegate* unmanaged<byte*, int, nint> Open = (delegate* unmanaged<byte*, int, nint>)FindFunction("dlopen");

    // To look for it at the error itself would clear the error.
    private static readonly delegate* unmanaged<nint> Error = (delegate* unmanaged<nint>)FindFunction("dlerror");

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

    /// <summary>Loads a library with all that it calls: what is missing shows now, where the runtime would have the process end at the first call.</summary>
    /// <exception cref="DllNotFoundException">It does not load, or something that it calls is not there; the message is the system's.</exception>
    public static void OpenWithAllItCalls(string path)
    {
        byte* text = (byte*)Marshal.StringToCoTaskMemUTF8(path);
        try
        {
            if (Open is not null && Open(text, AtOnce) == 0)
            {
                throw new DllNotFoundException(Error is null ? path : Marshal.PtrToStringUTF8(Error()));
            }
        }
        finally
        {
            Marshal.FreeCoTaskMem((nint)text);
        }
    }

    // Before glibc 2.34 they were in a library of their own, which is still there.
    private static nint FindFunction(string name) =>
        NativeLibrary.TryLoad("libdl.so.2", out nint library) && NativeLibrary.TryGetExport(library, name, out nint function) ? function : 0;
}
