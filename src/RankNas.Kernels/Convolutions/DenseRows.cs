using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RankNas.Kernels.Convolutions;

/// <summary>Rows that are stored one behind the other.</summary>
/// <param name="to">Where the first goes.</param>
internal readonly ref struct DenseRows(ref float to) : IRowWriter
{
    private readonly ref float _to = ref to;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(nint row, Vector512<float> values) => values.StoreUnsafe(ref _to, (nuint)(row * RowProduct.Lanes));
}
