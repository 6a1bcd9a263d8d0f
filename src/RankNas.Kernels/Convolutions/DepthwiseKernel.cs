using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RankNas.Graphs.Operations;
using RankNas.Kernels.Vectors;

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
                        operation, reader.Image, reader.Image.Values[first..], filters.Values[(channel * values)..], bias.Values[channel..],
                        target[channel..], convolved.Height, convolved.Width, channels, channels - channel);
                }

                moments[part.Index].Add<T>(target);
            }
        });
        return ChannelMoments.Of(moments);
    }

    // Two rows at once, where a row has no more than four places.
    private static void Write<T>(
        ConvolutionOperation operation, PaddedImage padded, ReadOnlySpan<float> source, ReadOnlySpan<float> filters, ReadOnlySpan<float> bias,
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

    private static void Filter<T>(
        ConvolutionOperation operation, PaddedImage padded, ReadOnlySpan<float> source, nint secondQuad, ReadOnlySpan<float> filters, ReadOnlySpan<float> bias,
        Span<T> output, int places, int secondOutput, int secondPlaces, int outputStep, int channels)
        where T : unmanaged, IPixelValue<T>
    {
        if (Lanes16.IsSupported)
        {
            Filter<T, Lanes16>(operation, padded, source, secondQuad, filters, bias, output, places, secondOutput, secondPlaces, outputStep, channels);
        }
        else
        {
            Filter<T, Lanes8>(operation, padded, source, secondQuad, filters, bias, output, places, secondOutput, secondPlaces, outputStep, channels);
        }
    }

    // Some of the sixteen channels at once, then the others. Eight sums in eight registers, written out because an array of them would live in memory.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Filter<T, TVector>(
        ConvolutionOperation operation, PaddedImage padded, ReadOnlySpan<float> source, nint secondQuad, ReadOnlySpan<float> filters, ReadOnlySpan<float> bias,
        Span<T> output, int places, int secondOutput, int secondPlaces, int outputStep, int channels)
        where T : unmanaged, IPixelValue<T>
        where TVector : struct, IFloatVector<TVector>
    {
        bool isWhole = places == Quad && secondPlaces == Quad && channels >= RowProduct.Lanes;
        Span<float> sums = stackalloc float[Quads * Quad * RowProduct.Lanes];
        nint pixel = padded.Pixel, apart = operation.Dilation.Width * pixel, row = (nint)operation.Dilation.Height * padded.Row;
        nint step = operation.Stride.Width * pixel, two = 2 * step, three = 3 * step;
        int height = operation.Kernel.Height, width = operation.Kernel.Width;
        for (int lane = 0; lane < RowProduct.Lanes; lane += TVector.Count)
        {
            TVector s0 = TVector.Load(ref MemoryMarshal.GetReference(bias[lane..]), 0);
            TVector s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
            ref float from = ref MemoryMarshal.GetReference(source[lane..]);
            ref float filter = ref MemoryMarshal.GetReference(filters[lane..]);
            for (int y = 0; y < height; y++)
            {
                ref float a = ref from;
                for (int x = 0; x < width; x++)
                {
                    TVector weight = TVector.Load(ref filter, 0);
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

            if (isWhole)
            {
                ref T first = ref MemoryMarshal.GetReference(output[lane..]);
                Store(ref first, outputStep, s0, s1, s2, s3);
                Store(ref Unsafe.Add(ref first, secondOutput), outputStep, s4, s5, s6, s7);
            }
            else
            {
                ref Float32Value first = ref Unsafe.As<float, Float32Value>(ref MemoryMarshal.GetReference(sums[lane..]));
                Store(ref first, RowProduct.Lanes, s0, s1, s2, s3);
                Store(ref Unsafe.Add(ref first, Quad * RowProduct.Lanes), RowProduct.Lanes, s4, s5, s6, s7);
            }
        }

        if (!isWhole)
        {
            PixelRows.Write(sums, [], output, places, outputStep, channels);
            if (secondPlaces > 0)
            {
                PixelRows.Write(sums[(Quad * RowProduct.Lanes)..], [], output[secondOutput..], secondPlaces, outputStep, channels);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T, TVector>(ref T to, int step, TVector a, TVector b, TVector c, TVector d)
        where T : unmanaged, IPixelValue<T>
        where TVector : struct, IFloatVector<TVector>
    {
        T.Store(a, ref to, 0);
        T.Store(b, ref to, (nuint)step);
        T.Store(c, ref to, (nuint)(2 * step));
        T.Store(d, ref to, (nuint)(3 * step));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Add<TVector>(TVector sum, TVector weight, ref float from, nint offset)
        where TVector : struct, IFloatVector<TVector> => TVector.MultiplyAdd(TVector.Load(ref from, (nuint)offset), weight, sum);
}
