using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using RankNas.Kernels.Vectors;

namespace RankNas.Kernels.Convolutions;

/// <summary>Rows to which a vector is added, stored as sixteen channels of one pixel each.</summary>
/// <param name="to">Where the first goes.</param>
/// <param name="step">The distance between pixels.</param>
/// <param name="shift">What is added.</param>
internal readonly ref struct ShiftedPixels<T>(ref T to, nint step, Vector512<float> shift) : IRowWriter
    where T : unmanaged, IPixelValue<T>
{
    private readonly ref T _to = ref to;
    private readonly nint _step = step;
    private readonly Vector512<float> _shift = shift;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(nint row, Vector512<float> values) => T.Store(new Lanes16(values + _shift), ref _to, (nuint)(row * _step));
}
