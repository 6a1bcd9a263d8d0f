using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RankNas.Graphs.Operations;

namespace RankNas.Kernels.Convolutions;

/// <summary>A convolution of each channel alone, sixteen channels and eight places of a row at once.</summary>
internal static class DepthwiseKernel
{
    private const int Quad = 4;
    private const int Quads = 2;

    /// <inheritdoc cref="ConvolutionKernels.Kernel{T}"/>
    public static ChannelMoments Convolve<T>(
        ConvolutionOperation operation, PixelMemory<T> images, ConvolutionWeights weights, PixelMemory<T> convolved, PixelReading reading)
        where T : unmanaged, IPixelValue<T>
    {
        (int height, int width, int channels) = (images.Height, images.Width, images.Channels);
        return Convolve(operation, weights, convolved, () => new StoredImages<T>(images, reading, NewImage(operation, height, width, channels, Expansion.GroupsOf(channels) * RowProduct.Lanes)));
    }

    /// <summary>Convolves images that are widened as they are read.</summary>
    /// <param name="operation">How.</param>
    /// <param name="expansion">What goes in.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="convolved">What comes out.</param>
    /// <returns>The moments of what comes out.</returns>
    public static ChannelMoments Convolve(ConvolutionOperation operation, Expansion expansion, ConvolutionWeights weights, PixelMemory<Float32Value> convolved)
    {
        (int height, int width, int channels) = (expansion.Images.Height, expansion.Images.Width, expansion.Images.Channels);
        using var matrix = new Scratch<float>(expansion.Groups * channels * RowProduct.Lanes);
        using var shift = new Scratch<float>(expansion.Groups * RowProduct.Lanes);
        new ConvolutionWeights(expansion.Weights, []).CopyLanes(0, expansion.Channels, channels, places: 1, matrix.Values);
        expansion.Shift.CopyTo(shift.Values);
        return Convolve(operation, weights, convolved, () => new ExpandedImages(expansion, matrix, shift, NewImage(operation, height, width, RowProduct.Lanes, RowProduct.Lanes)));
    }

    private static PaddedImage NewImage(ConvolutionOperation operation, int height, int width, int channels, int pixel) =>
        new(operation, height, width, channels, channels, pixel, columnsBeyond: ((Quads * Quad) - 1) * operation.Stride.Width);

    private static ChannelMoments Convolve<T>(ConvolutionOperation operation, ConvolutionWeights weights, PixelMemory<T> convolved, Func<IImageReader> open)
        where T : unmanaged, IPixelValue<T>
    {
        int channels = convolved.Channels;
        int values = operation.Kernel.Height * operation.Kernel.Width;
        Debug.Assert(weights.Weight.Length == channels * values, "Shapes fit.");
        int groups = Expansion.GroupsOf(channels);
        using var filters = new Scratch<float>(values * groups * RowProduct.Lanes);
        using var bias = new Scratch<float>(groups * RowProduct.Lanes);
        weights.CopyBias(0, channels, bias.Values);
        weights.CopyLanes(0, channels, channels: 1, values, filters.Values);
        ChannelMoments[] moments = ChannelMoments.OfParts(convolved);
        convolved.ForEachPart(open, (part, reader) =>
        {
            for (int image = part.First; image < part.First + part.Images; image++)
            {
                Span<T> target = convolved.ValuesOf(image);
                for (int group = 0; group < groups; group++)
                {
                    int first = reader.Read(image, group), channel = group * RowProduct.Lanes;
                    Write(
                        operation, reader.Image, reader.Image.Values[first..], filters.Values[(channel * values)..], Vector512.Create(bias.Values[channel..]),
                        target[channel..], convolved.Height, convolved.Width, channels, channels - channel);
                }

                moments[part.Index].Add<T>(target);
            }
        });
        return ChannelMoments.Of(moments);
    }

    // Two rows at once, where a row has no more than four places.
    private static void Write<T>(
        ConvolutionOperation operation, PaddedImage padded, ReadOnlySpan<float> source, ReadOnlySpan<float> filters, Vector512<float> bias,
        Span<T> target, int height, int width, int step, int channels)
        where T : unmanaged, IPixelValue<T>
    {
        int down = operation.Stride.Height * padded.Row, right = operation.Stride.Width * padded.Pixel;
        int rows = width <= Quad ? 2 : 1;
        for (int y = 0; y < height; y += rows)
        {
            bool isPair = rows == 2 && y + 1 < height;
            (int second, int apart) = isPair ? (down, width * step) : (Quad * right, Quad * step);
            for (int x = 0; x < width; x += Quads * Quad)
            {
                int first = Math.Min(Quad, width - x);
                Filter(
                    operation, padded, source[((y * down) + (x * right))..], second, filters, bias, target[(((y * width) + x) * step)..],
                    first, apart, isPair ? first : Math.Min(Quad, width - x - first), step, channels);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Filter<T>(
        ConvolutionOperation operation, PaddedImage padded, ReadOnlySpan<float> source, nint secondQuad, ReadOnlySpan<float> filters, Vector512<float> bias,
        Span<T> output, int places, int secondOutput, int secondPlaces, int outputStep, int channels)
        where T : unmanaged, IPixelValue<T>
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            FilterByHalves(operation, padded, source, secondQuad, filters, bias, output, places, secondOutput, secondPlaces, outputStep, channels);
            return;
        }

        Vector512<float> s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias, s7 = bias;
        ref float from = ref MemoryMarshal.GetReference(source);
        ref float filter = ref MemoryMarshal.GetReference(filters);
        nint pixel = padded.Pixel, apart = operation.Dilation.Width * pixel, row = (nint)operation.Dilation.Height * padded.Row;
        nint step = operation.Stride.Width * pixel, two = 2 * step, three = 3 * step;
        int height = operation.Kernel.Height, width = operation.Kernel.Width;
        for (int y = 0; y < height; y++)
        {
            ref float a = ref from;
            for (int x = 0; x < width; x++)
            {
                Vector512<float> weight = Vector512.LoadUnsafe(ref filter);
                ref float b = ref Unsafe.Add(ref a, secondQuad);
                s0 = Add(s0, weight, ref a, 0);
                s1 = Add(s1, weight, ref a, step);
                s2 = Add(s2, weight, ref a, two);
                s3 = Add(s3, weight, ref a, three);
                s4 = Add(s4, weight, ref b, 0);
                s5 = Add(s5, weight, ref b, step);
                s6 = Add(s6, weight, ref b, two);
                s7 = Add(s7, weight, ref b, three);
                a = ref Unsafe.Add(ref a, apart);
                filter = ref Unsafe.Add(ref filter, RowProduct.Lanes);
            }

            from = ref Unsafe.Add(ref from, row);
        }

        if (places == Quad && secondPlaces == Quad && channels >= RowProduct.Lanes)
        {
            ref T first = ref MemoryMarshal.GetReference(output);
            Store(ref first, outputStep, s0, s1, s2, s3);
            Store(ref Unsafe.Add(ref first, secondOutput), outputStep, s4, s5, s6, s7);
            return;
        }

        Span<float> sums = stackalloc float[Quads * Quad * RowProduct.Lanes];
        RowProduct.Store(ref MemoryMarshal.GetReference(sums), 0, s0, s1, s2, s3);
        RowProduct.Store(ref MemoryMarshal.GetReference(sums), 4, s4, s5, s6, s7);
        Write(sums, output, places, secondOutput, secondPlaces, outputStep, channels);
    }

    // Eight channels at once, then the other eight.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FilterByHalves<T>(
        ConvolutionOperation operation, PaddedImage padded, ReadOnlySpan<float> source, nint secondQuad, ReadOnlySpan<float> filters, Vector512<float> bias,
        Span<T> output, int places, int secondOutput, int secondPlaces, int outputStep, int channels)
        where T : unmanaged, IPixelValue<T>
    {
        Span<float> sums = stackalloc float[Quads * Quad * RowProduct.Lanes];
        nint pixel = padded.Pixel, apart = operation.Dilation.Width * pixel, row = (nint)operation.Dilation.Height * padded.Row;
        nint step = operation.Stride.Width * pixel, two = 2 * step, three = 3 * step;
        int height = operation.Kernel.Height, width = operation.Kernel.Width;
        for (int half = 0; half < RowProduct.Lanes; half += Vector256<float>.Count)
        {
            Vector256<float> s0 = half == 0 ? bias.GetLower() : bias.GetUpper();
            Vector256<float> s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
            ref float from = ref MemoryMarshal.GetReference(source[half..]);
            ref float filter = ref MemoryMarshal.GetReference(filters[half..]);
            for (int y = 0; y < height; y++)
            {
                ref float a = ref from;
                for (int x = 0; x < width; x++)
                {
                    Vector256<float> weight = Vector256.LoadUnsafe(ref filter);
                    ref float b = ref Unsafe.Add(ref a, secondQuad);
                    s0 = Add(s0, weight, ref a, 0);
                    s1 = Add(s1, weight, ref a, step);
                    s2 = Add(s2, weight, ref a, two);
                    s3 = Add(s3, weight, ref a, three);
                    s4 = Add(s4, weight, ref b, 0);
                    s5 = Add(s5, weight, ref b, step);
                    s6 = Add(s6, weight, ref b, two);
                    s7 = Add(s7, weight, ref b, three);
                    a = ref Unsafe.Add(ref a, apart);
                    filter = ref Unsafe.Add(ref filter, RowProduct.Lanes);
                }

                from = ref Unsafe.Add(ref from, row);
            }

            ref float to = ref MemoryMarshal.GetReference(sums[half..]);
            s0.StoreUnsafe(ref to);
            s1.StoreUnsafe(ref to, RowProduct.Lanes);
            s2.StoreUnsafe(ref to, 2 * RowProduct.Lanes);
            s3.StoreUnsafe(ref to, 3 * RowProduct.Lanes);
            s4.StoreUnsafe(ref to, 4 * RowProduct.Lanes);
            s5.StoreUnsafe(ref to, 5 * RowProduct.Lanes);
            s6.StoreUnsafe(ref to, 6 * RowProduct.Lanes);
            s7.StoreUnsafe(ref to, 7 * RowProduct.Lanes);
        }

        Write(sums, output, places, secondOutput, secondPlaces, outputStep, channels);
    }

    private static void Write<T>(ReadOnlySpan<float> sums, Span<T> output, int places, int secondOutput, int secondPlaces, int outputStep, int channels)
        where T : unmanaged, IPixelValue<T>
    {
        PixelRows.Write(sums, Vector512<float>.Zero, output, places, outputStep, channels);
        if (secondPlaces > 0)
        {
            PixelRows.Write(sums[(Quad * RowProduct.Lanes)..], Vector512<float>.Zero, output[secondOutput..], secondPlaces, outputStep, channels);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(ref T to, int step, Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
        where T : unmanaged, IPixelValue<T>
    {
        T.Store(a, ref to, 0);
        T.Store(b, ref to, (nuint)step);
        T.Store(c, ref to, (nuint)(2 * step));
        T.Store(d, ref to, (nuint)(3 * step));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Add(Vector512<float> sum, Vector512<float> weight, ref float from, nint offset) =>
        Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref from, (nuint)offset), weight, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Add(Vector256<float> sum, Vector256<float> weight, ref float from, nint offset) =>
        Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref from, (nuint)offset), weight, sum);
}
