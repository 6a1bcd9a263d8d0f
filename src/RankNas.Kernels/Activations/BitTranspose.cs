using System.Diagnostics;

namespace RankNas.Kernels.Activations;

/// <summary>Transposes squares of bits.</summary>
internal static class BitTranspose
{
    /// <summary>The rows and columns of a square.</summary>
    public const int Side = 64;

    /// <summary>Transposes a square in place: bit c of row r becomes bit r of row c.</summary>
    /// <param name="rows">64 rows.</param>
    public static void Apply(Span<ulong> rows)
    {
        Debug.Assert(rows.Length == Side, "It is a square.");
        ulong mask = uint.MaxValue;
        for (int width = Side / 2; width > 0; width >>= 1, mask ^= mask << width)
        {
            for (int first = 0; first < Side; first += 2 * width)
            {
                Span<ulong> upper = rows.Slice(first, width), lower = rows.Slice(first + width, width);
                for (int row = 0; row < upper.Length && row < lower.Length; row++)
                {
                    ulong swapped = ((upper[row] >> width) ^ lower[row]) & mask;
                    upper[row] ^= swapped << width;
                    lower[row] ^= swapped;
                }
            }
        }
    }
}
