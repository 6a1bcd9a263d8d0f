using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RankNas;

/// <summary>BatchNorm on batch statistics for images that lie pixel by pixel: y = (x − mean)/√(variance + ε) · weight + bias.</summary>
/// <remarks>libtorch's own takes several times as long for few channels, and another pass to add the result to a sum.</remarks>
internal static class BatchNormKernel
{
    public const int Lanes = 8;

    // A block's values stay in the first-level cache from channel group to channel group, and its sums exact enough in float32.
    private const int ValuesOfBlock = 8192;

    /// <summary>Writes the normalised images over themselves, or adds them to a sum of the same shape.</summary>
    /// <param name="images">The images.</param>
    /// <param name="weight">The weight of each channel.</param>
    /// <param name="bias">The bias of each channel.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="sum">Where to add; the images' own memory to write over it.</param>
    /// <param name="accumulate">Whether to add.</param>
    public static void Apply<T>(
        PixelMemory<T> images, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, double epsilon, Span<T> sum, bool accumulate)
        where T : unmanaged, IPixelValue<T>
    {
        int channels = images.Channels;
        Span<float> scale = stackalloc float[channels];
        Span<float> shift = stackalloc float[channels];
        FindScaleAndShift(images, weight, bias, epsilon, scale, shift);
        ReadOnlySpan<T> values = images.Values;
        if (channels % Vector512<float>.Count == 0 && Vector512.IsHardwareAccelerated)
        {
            Transform512(values, scale, shift, sum, accumulate);
        }
        else
        {
            Transform256(values, scale, shift, sum, accumulate);
        }
    }

    private static void FindScaleAndShift<T>(
        PixelMemory<T> images, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, double epsilon, Span<float> scale, Span<float> shift)
        where T : unmanaged, IPixelValue<T>
    {
        int channels = images.Channels;
        ReadOnlySpan<T> values = images.Values;

        // Deviations from one pixel, which has about the right size: a mean far from 0 costs no digits.
        Span<float> reference = stackalloc float[channels];
        for (int channel = 0; channel < channels; channel++)
        {
            reference[channel] = (float)values[channel];
        }

        Span<double> sums = stackalloc double[channels];
        Span<double> squares = stackalloc double[channels];
        sums.Clear();
        squares.Clear();
        int pixelsOfBlock = Math.Max(1, ValuesOfBlock / channels);
        for (int pixel = 0; pixel < images.Pixels; pixel += pixelsOfBlock)
        {
            ReadOnlySpan<T> block = values.Slice(pixel * channels, Math.Min(pixelsOfBlock, images.Pixels - pixel) * channels);
            if (channels % Vector512<float>.Count == 0 && Vector512.IsHardwareAccelerated)
            {
                AddBlock512(block, reference, sums, squares);
            }
            else
            {
                AddBlock256(block, reference, sums, squares);
            }
        }

        for (int channel = 0; channel < channels; channel++)
        {
            double deviation = sums[channel] / images.Pixels;
            double variance = Math.Max(0, squares[channel] / images.Pixels - deviation * deviation);
            double factor = weight[channel] / Math.Sqrt(variance + epsilon);
            scale[channel] = (float)factor;
            shift[channel] = (float)(bias[channel] - (reference[channel] + deviation) * factor);
        }
    }

    private static void AddBlock512<T>(ReadOnlySpan<T> block, ReadOnlySpan<float> reference, Span<double> sums, Span<double> squares)
        where T : unmanaged, IPixelValue<T>
    {
        int channels = reference.Length;
        ref T start = ref MemoryMarshal.GetReference(block);
        for (int group = 0; group < channels; group += Vector512<float>.Count)
        {
            Vector512<float> origin = Vector512.Create(reference[group..]);
            Vector512<float> sumA = Vector512<float>.Zero, sumB = Vector512<float>.Zero, squareA = Vector512<float>.Zero, squareB = Vector512<float>.Zero;
            int offset = group;
            for (; offset + channels < block.Length; offset += 2 * channels)
            {
                Vector512<float> a = T.Load(ref start, (nuint)offset) - origin;
                Vector512<float> b = T.Load(ref start, (nuint)(offset + channels)) - origin;
                sumA += a;
                sumB += b;
                squareA = Vector512.FusedMultiplyAdd(a, a, squareA);
                squareB = Vector512.FusedMultiplyAdd(b, b, squareB);
            }

            if (offset < block.Length)
            {
                Vector512<float> a = T.Load(ref start, (nuint)offset) - origin;
                sumA += a;
                squareA = Vector512.FusedMultiplyAdd(a, a, squareA);
            }

            Vector512<float> sum = sumA + sumB;
            Vector512<float> square = squareA + squareB;
            for (int lane = 0; lane < Vector512<float>.Count; lane++)
            {
                sums[group + lane] += sum[lane];
                squares[group + lane] += square[lane];
            }
        }
    }

    private static void AddBlock256<T>(ReadOnlySpan<T> block, ReadOnlySpan<float> reference, Span<double> sums, Span<double> squares)
        where T : unmanaged, IPixelValue<T>
    {
        int channels = reference.Length;
        ref T start = ref MemoryMarshal.GetReference(block);
        for (int group = 0; group < channels; group += Vector256<float>.Count)
        {
            Vector256<float> origin = Vector256.Create(reference[group..]);
            Vector256<float> sum = Vector256<float>.Zero;
            Vector256<float> square = Vector256<float>.Zero;
            for (int offset = group; offset < block.Length; offset += channels)
            {
                Vector256<float> a = T.LoadHalf(ref start, (nuint)offset) - origin;
                sum += a;
                square = Vector256.FusedMultiplyAdd(a, a, square);
            }

            for (int lane = 0; lane < Vector256<float>.Count; lane++)
            {
                sums[group + lane] += sum[lane];
                squares[group + lane] += square[lane];
            }
        }
    }

    private static void Transform512<T>(ReadOnlySpan<T> values, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<T> target, bool accumulate)
        where T : unmanaged, IPixelValue<T>
    {
        int channels = scale.Length;
        ref T from = ref MemoryMarshal.GetReference(values);
        ref T to = ref MemoryMarshal.GetReference(target);
        int valuesOfBlock = Math.Max(1, ValuesOfBlock / channels) * channels;
        for (int block = 0; block < values.Length; block += valuesOfBlock)
        {
            int end = Math.Min(values.Length, block + valuesOfBlock);
            for (int group = 0; group < channels; group += Vector512<float>.Count)
            {
                Vector512<float> factor = Vector512.Create(scale[group..]);
                Vector512<float> summand = Vector512.Create(shift[group..]);
                for (int offset = block + group; offset < end; offset += channels)
                {
                    Vector512<float> value = Vector512.FusedMultiplyAdd(T.Load(ref from, (nuint)offset), factor, summand);
                    if (accumulate)
                    {
                        value += T.Load(ref to, (nuint)offset);
                    }

                    T.Store(value, ref to, (nuint)offset);
                }
            }
        }
    }

    private static void Transform256<T>(ReadOnlySpan<T> values, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<T> target, bool accumulate)
        where T : unmanaged, IPixelValue<T>
    {
        int channels = scale.Length;
        ref T from = ref MemoryMarshal.GetReference(values);
        ref T to = ref MemoryMarshal.GetReference(target);
        int valuesOfBlock = Math.Max(1, ValuesOfBlock / channels) * channels;
        for (int block = 0; block < values.Length; block += valuesOfBlock)
        {
            int end = Math.Min(values.Length, block + valuesOfBlock);
            for (int group = 0; group < channels; group += Vector256<float>.Count)
            {
                Vector256<float> factor = Vector256.Create(scale[group..]);
                Vector256<float> summand = Vector256.Create(shift[group..]);
                for (int offset = block + group; offset < end; offset += channels)
                {
                    Vector256<float> value = Vector256.FusedMultiplyAdd(T.LoadHalf(ref from, (nuint)offset), factor, summand);
                    if (accumulate)
                    {
                        value += T.LoadHalf(ref to, (nuint)offset);
                    }

                    T.StoreHalf(value, ref to, (nuint)offset);
                }
            }
        }
    }
}
