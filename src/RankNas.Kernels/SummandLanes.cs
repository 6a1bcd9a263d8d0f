using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RankNas.Kernels.Vectors;

namespace RankNas.Kernels;

/// <summary>A vector of a summand's channels.</summary>
internal readonly ref struct SummandLanes<T, TVector>(ReadOnlySpan<T> values, TVector scale, TVector shift)
    where T : unmanaged, IPixelValue<T>
    where TVector : struct, IFloatVector<TVector>
{
    private readonly ref T _values = ref MemoryMarshal.GetReference(values);
    private readonly TVector _scale = scale;
    private readonly TVector _shift = shift;

    /// <summary>Gets x · scale + shift.</summary>
    /// <param name="offset">Where x lies.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector At(nuint offset) => TVector.MultiplyAdd(T.Load<TVector>(ref _values, offset), _scale, _shift);
}
