using System.Runtime.InteropServices;

namespace RankNas.Kernels.Memory;

/// <summary>Pages of two megabytes, which Linux gives to memory that asks for them: a five-hundredth of the page faults.</summary>
internal static unsafe class LargePages
{
    private const int HugePage = 14;

    private static readonly delegate* unmanaged<void*, nuint, int, int> Advise = Find();

    /// <summary>Asks for them. Where the system has none, it says so, and nothing changes.</summary>
    /// <param name="memory">Memory of the caller's own, aligned to such a page.</param>
    /// <param name="length">Its length in bytes.</param>
    public static void Request(void* memory, long length)
    {
        if (Advise is not null)
        {
            _ = Advise(memory, (nuint)length, HugePage);
        }
    }

    private static delegate* unmanaged<void*, nuint, int, int> Find() =>
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out nint library) && NativeLibrary.TryGetExport(library, "madvise", out nint advise)
            ? (delegate* unmanaged<void*, nuint, int, int>)advise
            : null;
}
