using System.Runtime.InteropServices;

namespace RankNas.Torch;

/// <summary>How many threads libtorch computes on.</summary>
internal static unsafe class TorchThreads
{
    private static readonly Lock Changing = new();
    private static readonly Lazy<(nint OpenMp, nint Mkl)> OfOneThread = new(Find);
    private static int _changed;
    private static int _before;

    /// <summary>Has libtorch compute on the calling thread alone whatever this thread asks for. Other threads keep what they have.</summary>
    /// <remarks>
    /// <c>set_num_threads</c> is not for one thread: others take its number over when they first compute. Where there is no other way, it is used and the
    /// number given back with the last thread's disposal.
    /// </remarks>
    /// <returns>Ends it, by disposal on this same thread.</returns>
    public static IDisposable UseOne()
    {
        // A thread takes the process's number over now or never.
        int own = get_num_threads();
        if (OfOneThread.Value is (not 0 and var openMp, not 0 and var mkl))
        {
            int before = Set(openMp, mkl, 1, 1);
            return new End(() => Set(openMp, mkl, own, before));
        }

        UseOneEverywhere(own);
        return new End(GiveBack);
    }

    private static void UseOneEverywhere(int own)
    {
        lock (Changing)
        {
            _before = _changed++ == 0 ? own : _before;
            set_num_threads(1);
        }
    }

    private static void GiveBack()
    {
        lock (Changing)
        {
            set_num_threads(--_changed == 0 ? _before : 1);
        }
    }

    // MKL counts its threads by itself: 0 is as many as OpenMP has.
    private static int Set(nint openMp, nint mkl, int threads, int mklThreads)
    {
        ((delegate* unmanaged<int, void>)openMp)(threads);
        return ((delegate* unmanaged<int, int>)mkl)(mklThreads);
    }

    // Of libtorch and the libraries that it has loaded for itself.
    private static (nint OpenMp, nint Mkl) Find() =>
        OperatingSystem.IsLinux() && LoadedLibrary.Find(LoadedLibrary.Libtorch) is var libtorch and not 0
        && NativeLibrary.TryGetExport(libtorch, "omp_set_num_threads", out nint openMp)
        && NativeLibrary.TryGetExport(libtorch, "MKL_Set_Num_Threads_Local", out nint mkl)
            ? (openMp, mkl)
            : (0, 0);

    private sealed class End(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
