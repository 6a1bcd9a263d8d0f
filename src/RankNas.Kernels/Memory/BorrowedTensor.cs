using System.Runtime.InteropServices;
using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Kernels.Memory;

/// <summary>Tensors over memory that is not libtorch's. TorchSharp has them of managed arrays alone, by this function of its native half.</summary>
internal static unsafe class BorrowedTensor
{
    private static readonly delegate* unmanaged<void*, delegate* unmanaged[Cdecl]<void*, void>, long*, int, sbyte, sbyte, int, int, byte, nint> New = Find();

    /// <summary>Gets whether this version of TorchSharp has the function.</summary>
    public static bool IsSupported => New is not null;

    /// <summary>Makes a contiguous tensor on the CPU.</summary>
    /// <param name="memory">Its memory.</param>
    /// <param name="release">Called with the memory when the last handle is disposed.</param>
    /// <param name="format">Its numbers.</param>
    /// <param name="sizes">Its shape.</param>
    public static Tensor Create(void* memory, delegate* unmanaged[Cdecl]<void*, void> release, ScalarType format, ReadOnlySpan<long> sizes)
    {
        fixed (long* shape = sizes)
        {
            nint made = New(memory, release, shape, sizes.Length, (sbyte)format, (sbyte)format, (int)TorchSharp.DeviceType.CPU, -1, 0);
            CheckForErrors();
            return Tensor.UnsafeCreateTensor(made);
        }
    }

    private static delegate* unmanaged<void*, delegate* unmanaged[Cdecl]<void*, void>, long*, int, sbyte, sbyte, int, int, byte, nint> Find()
    {
        TorchRuntime.EnsureLoaded();
        return NativeLibrary.TryLoad("LibTorchSharp", typeof(Tensor).Assembly, searchPath: null, out nint library)
            && NativeLibrary.TryGetExport(library, "THSTensor_new", out nint made)
                ? (delegate* unmanaged<void*, delegate* unmanaged[Cdecl]<void*, void>, long*, int, sbyte, sbyte, int, int, byte, nint>)made
                : null;
    }
}
