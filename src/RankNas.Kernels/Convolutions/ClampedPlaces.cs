using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RankNas.Kernels.Convolutions;

/// <summary>Rows that are brought into a range and stored in a place of their own.</summary>
/// <param name="to">Where they go.</param>
/// <param name="places">The place of each.</param>
/// <param name="signs">Which lanes of each are greater than zero before the range.</param>
/// <param name="least">The least value.</param>
/// <param name="most">The greatest value.</param>
internal readonly ref struct ClampedPlaces(ref float to, ref int places, ref ushort signs, Vector512<float> least, Vector512<float> most) : IRowWriter
{
    private readonly ref float _to = ref to;
    private readonly ref int _places = ref places;
    private readonly ref ushort _signs = ref signs;
    private readonly Vector512<float> _least = least;
    private readonly Vector512<float> _most = most;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(nint row, Vector512<float> values)
    {
        Unsafe.Add(ref _signs, row) = (ushort)Vector512.GreaterThan(values, Vector512<float>.Zero).ExtractMostSignificantBits();
        Vector512.MinNative(_most, Vector512.MaxNative(_least, values)).StoreUnsafe(ref _to, (nuint)Unsafe.Add(ref _places, row));
    }
}
