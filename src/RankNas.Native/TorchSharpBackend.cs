using System.Reflection;
using TorchSharp;

namespace RankNas;

/// <summary>What TorchSharp notes of its native half.</summary>
internal static class TorchSharpBackend
{
    // Another version of TorchSharp may note it elsewhere, and finds the library by itself then.
    private static readonly FieldInfo? Loaded = typeof(torch).GetField("nativeBackendLoaded", BindingFlags.Static | BindingFlags.NonPublic);

    /// <summary>
    /// Has TorchSharp not look for its native half, as it is loaded. Otherwise it loads libtorch by its path first, of which a process may have another one
    /// already; and where it finds none, it writes to standard output and copies half a gigabyte into the program's folder.
    /// </summary>
    /// <returns>Whether this version of TorchSharp can be told.</returns>
    public static bool MarkLoaded()
    {
        Loaded?.SetValue(null, true);
        return Loaded is not null;
    }
}
