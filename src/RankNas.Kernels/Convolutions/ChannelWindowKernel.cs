using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RankNas.Kernels.Convolutions;

/// <summary>A convolution of each channel alone for one image <c>[H, W, C]</c>, and its gradients.</summary>
/// <remarks>Weights are <c>[place, C]</c>. Nothing is gathered: a row of one image stays in the first-level cache.</remarks>
internal static class ChannelWindowKernel
{
    /// <summary>Adds what the windows give.</summary>
    /// <param name="window">The windows.</param>
    /// <param name="image">The image.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="windows">What they give, zeros until now.</param>
    public static void Convolve(ChannelWindow window, ReadOnlySpan<float> image, ReadOnlySpan<float> weights, Span<float> windows)
    {
        foreach (PlaceRow row in RowsOf(window, image.Length, weights.Length, windows.Length))
        {
            for (int index = 0; index < row.Windows; index++)
            {
                AddProducts(image[(row.Pixel + (index * row.PixelStep))..], weights[row.Weight..], windows[(row.Window + (index * window.Channels))..], window.Channels);
            }
        }
    }

    /// <summary>Adds the gradient by the weights.</summary>
    /// <param name="window">The windows.</param>
    /// <param name="image">The image.</param>
    /// <param name="windows">The gradient by what the windows give.</param>
    /// <param name="weights">The gradient, zeros until now.</param>
    public static void Correlate(ChannelWindow window, ReadOnlySpan<float> image, ReadOnlySpan<float> windows, Span<float> weights)
    {
        foreach (PlaceRow row in RowsOf(window, image.Length, weights.Length, windows.Length))
        {
            for (int index = 0; index < row.Windows; index++)
            {
                AddProducts(image[(row.Pixel + (index * row.PixelStep))..], windows[(row.Window + (index * window.Channels))..], weights[row.Weight..], window.Channels);
            }
        }
    }

    /// <summary>Adds the gradient by the image.</summary>
    /// <param name="window">The windows.</param>
    /// <param name="windows">The gradient by what the windows give.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="image">The gradient, zeros until now.</param>
    public static void Spread(ChannelWindow window, ReadOnlySpan<float> windows, ReadOnlySpan<float> weights, Span<float> image)
    {
        foreach (PlaceRow row in RowsOf(window, image.Length, weights.Length, windows.Length))
        {
            for (int index = 0; index < row.Windows; index++)
            {
                AddProducts(windows[(row.Window + (index * window.Channels))..], weights[row.Weight..], image[(row.Pixel + (index * row.PixelStep))..], window.Channels);
            }
        }
    }

    // Each place of the window with each row of windows for which some of it lies within the image.
    private static IEnumerable<PlaceRow> RowsOf(ChannelWindow window, int pixels, int weights, int windows)
    {
        int channels = window.Channels;
        Debug.Assert(pixels == window.Input.Height * window.Input.Width * channels && weights == window.Places * channels, "Shapes fit.");
        Debug.Assert(windows == window.Output.Height * window.Output.Width * channels, "Shapes fit.");
        for (int y = 0; y < window.Output.Height; y++)
        {
            for (int place = 0; place < window.Places; place++)
            {
                (int down, int right) = Math.DivRem(place, window.Kernel.Width);
                int row = (y * window.Stride.Height) + (down * window.Dilation.Height) - window.Padding.Height;
                int offset = (right * window.Dilation.Width) - window.Padding.Width;
                int first = Math.Max(0, (window.Stride.Width - 1 - offset) / window.Stride.Width);
                int end = Math.Min(window.Output.Width, offset < window.Input.Width ? ((window.Input.Width - 1 - offset) / window.Stride.Width) + 1 : 0);
                if (row >= 0 && row < window.Input.Height && first < end)
                {
                    int pixel = (row * window.Input.Width) + (first * window.Stride.Width) + offset;
                    yield return new PlaceRow(pixel * channels, window.Stride.Width * channels, place * channels, ((y * window.Output.Width) + first) * channels, end - first);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddProducts(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> to, int length)
    {
        ref float left = ref MemoryMarshal.GetReference(a[..length]), right = ref MemoryMarshal.GetReference(b[..length]), sum = ref MemoryMarshal.GetReference(to[..length]);
        int index = 0;
        for (; index <= length - Vector<float>.Count; index += Vector<float>.Count)
        {
            nuint at = (nuint)index;
            Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref left, at), Vector.LoadUnsafe(ref right, at), Vector.LoadUnsafe(ref sum, at)).StoreUnsafe(ref sum, at);
        }

        for (; index < length; index++)
        {
            to[index] = MathF.FusedMultiplyAdd(a[index], b[index], to[index]);
        }
    }

    private readonly record struct PlaceRow(int Pixel, int PixelStep, int Weight, int Window, int Windows);
}
