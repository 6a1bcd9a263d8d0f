using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RankNas.Kernels.Convolutions;

/// <summary>Sixteen windows of values times a matrix <c>[value, 16]</c>, the windows four times four in equal steps.</summary>
/// <remarks>Sixteen sums in sixteen registers, written out because an array of them would live in memory.</remarks>
internal static class WindowProduct
{
    /// <summary>Multiplies.</summary>
    /// <param name="image">The values.</param>
    /// <param name="starts">Where the first window of each four begins.</param>
    /// <param name="step">The distance between the four.</param>
    /// <param name="runs">The values of a window.</param>
    /// <param name="matrix">The weights <c>[value, lane]</c>.</param>
    /// <param name="products">The products <c>[window, lane]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        ReadOnlySpan<float> image, ReadOnlySpan<int> starts, int step, WindowRuns runs, ReadOnlySpan<float> matrix, Span<float> products)
    {
        Debug.Assert(starts.Length == 4 && products.Length >= RowProduct.Rows * RowProduct.Lanes && matrix.Length >= runs.Offsets.Length * runs.Length * RowProduct.Lanes, "There is room.");
        Debug.Assert(Largest(starts) + (3 * step) + runs.Offsets[^1] + runs.Length <= image.Length, "Windows lie within.");
        if (!Vector512.IsHardwareAccelerated)
        {
            MultiplyByQuads(image, starts, step, runs, matrix, products);
            return;
        }

        Vector512<float> m0 = default, m1 = default, m2 = default, m3 = default, m4 = default, m5 = default, m6 = default, m7 = default;
        Vector512<float> m8 = default, m9 = default, m10 = default, m11 = default, m12 = default, m13 = default, m14 = default, m15 = default;
        ref float values = ref MemoryMarshal.GetReference(image);
        ref float u = ref MemoryMarshal.GetReference(matrix);
        nint one = step, two = 2 * step, three = 3 * step;
        foreach (int offset in runs.Offsets)
        {
            ref float a = ref Unsafe.Add(ref values, starts[0] + offset);
            ref float b = ref Unsafe.Add(ref values, starts[1] + offset);
            ref float c = ref Unsafe.Add(ref values, starts[2] + offset);
            ref float d = ref Unsafe.Add(ref values, starts[3] + offset);
            for (nint value = 0; value < runs.Length; value++)
            {
                Vector512<float> weight = Vector512.LoadUnsafe(ref u, (nuint)(value * RowProduct.Lanes));
                m0 = RowProduct.Add(m0, weight, ref a, value);
                m1 = RowProduct.Add(m1, weight, ref a, value + one);
                m2 = RowProduct.Add(m2, weight, ref a, value + two);
                m3 = RowProduct.Add(m3, weight, ref a, value + three);
                m4 = RowProduct.Add(m4, weight, ref b, value);
                m5 = RowProduct.Add(m5, weight, ref b, value + one);
                m6 = RowProduct.Add(m6, weight, ref b, value + two);
                m7 = RowProduct.Add(m7, weight, ref b, value + three);
                m8 = RowProduct.Add(m8, weight, ref c, value);
                m9 = RowProduct.Add(m9, weight, ref c, value + one);
                m10 = RowProduct.Add(m10, weight, ref c, value + two);
                m11 = RowProduct.Add(m11, weight, ref c, value + three);
                m12 = RowProduct.Add(m12, weight, ref d, value);
                m13 = RowProduct.Add(m13, weight, ref d, value + one);
                m14 = RowProduct.Add(m14, weight, ref d, value + two);
                m15 = RowProduct.Add(m15, weight, ref d, value + three);
            }

            u = ref Unsafe.Add(ref u, runs.Length * RowProduct.Lanes);
        }

        ref float m = ref MemoryMarshal.GetReference(products);
        RowProduct.Store(ref m, 0, m0, m1, m2, m3);
        RowProduct.Store(ref m, 4, m4, m5, m6, m7);
        RowProduct.Store(ref m, 8, m8, m9, m10, m11);
        RowProduct.Store(ref m, 12, m12, m13, m14, m15);
    }

    private static void MultiplyByQuads(
        ReadOnlySpan<float> image, ReadOnlySpan<int> starts, int step, WindowRuns runs, ReadOnlySpan<float> matrix, Span<float> products)
    {
        for (int run = 0; run < runs.Offsets.Length; run++)
        {
            ref float u = ref MemoryMarshal.GetReference(matrix[(run * runs.Length * RowProduct.Lanes)..]);
            for (int quad = 0; quad < starts.Length; quad++)
            {
                ref float v = ref Unsafe.Add(ref MemoryMarshal.GetReference(image), starts[quad] + runs.Offsets[run]);
                ref float m = ref MemoryMarshal.GetReference(products[(quad * QuadProduct.Rows * RowProduct.Lanes)..]);
                QuadProduct.Multiply(ref v, step, 1, ref u, RowProduct.Lanes, runs.Length, ref m, adds: run > 0);
            }
        }
    }

    private static int Largest(ReadOnlySpan<int> starts)
    {
        int largest = 0;
        foreach (int start in starts)
        {
            largest = Math.Max(largest, start);
        }

        return largest;
    }
}
