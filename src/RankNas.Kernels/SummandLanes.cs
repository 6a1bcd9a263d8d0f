using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RankNas.Kernels;

/// <summary>A vector of a summand's channels.</summary>
internal readonly ref struct SummandLanes<T>(ReadOnlySpan<T> values, Vector512<float> scale, Vector512<float> shift)
    where T : unmanaged, IPixelValue<T>
{
    private readonly ref T _values = ref MemoryMarshal.GetReference(values);

    /// <summary>Gets x · scale + shift.</summary>
    /// <param name="offset">Where x lies.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> At(nuint offset) => Vector512.FusedMultiplyAdd(T.Load(ref _values, offset), scale, shift);
}
