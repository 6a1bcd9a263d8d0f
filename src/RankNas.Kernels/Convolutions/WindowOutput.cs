using RankNas.Graphs.Operations;

namespace RankNas.Kernels.Convolutions;

/// <summary>Some channels of an image that comes out of a convolution.</summary>
/// <param name="convolved">The images.</param>
/// <param name="image">Which of them.</param>
/// <param name="firstChannel">The first channel.</param>
/// <param name="channels">How many.</param>
internal readonly struct WindowOutput<T>(PixelMemory<T> convolved, int image, int firstChannel, int channels)
    where T : unmanaged, IPixelValue<T>
{
    // Places of a row that lie side by side.
    private const int Quad = 4;

    /// <summary>Computes them.</summary>
    /// <param name="operation">The convolution.</param>
    /// <param name="padded">What goes in.</param>
    /// <param name="runs">The values under the kernel.</param>
    /// <param name="matrix">The weights <c>[vector of channels, value, lane]</c>.</param>
    /// <param name="bias">The bias of each channel, filled up to whole vectors.</param>
    public void Write(ConvolutionOperation operation, PaddedImage padded, WindowRuns runs, ReadOnlySpan<float> matrix, ReadOnlySpan<float> bias)
    {
        int quadsOfRow = (convolved.Width + Quad - 1) / Quad;
        int quads = convolved.Height * quadsOfRow;
        int values = runs.Offsets.Length * runs.Length;
        int step = operation.Stride.Width * padded.Pixel;
        Span<T> target = convolved.ValuesOf(image);
        Span<float> products = stackalloc float[RowProduct.Rows * RowProduct.Lanes];
        Span<int> starts = stackalloc int[RowProduct.Rows / Quad];
        for (int first = 0; first < quads; first += starts.Length)
        {
            for (int index = 0; index < starts.Length; index++)
            {
                // What comes of places after the last is left.
                (int y, int x) = Math.DivRem(Math.Min(first + index, quads - 1), quadsOfRow);
                starts[index] = (y * operation.Stride.Height * padded.Row) + (x * Quad * step);
            }

            for (int lane = 0; lane < channels; lane += RowProduct.Lanes)
            {
                WindowProduct.Multiply(padded.Values, starts, step, runs, matrix[(lane * values)..], products);
                for (int index = 0; index < Math.Min(starts.Length, quads - first); index++)
                {
                    (int y, int x) = Math.DivRem(first + index, quadsOfRow);
                    int pixel = (y * convolved.Width) + (x * Quad);
                    PixelRows.Write(
                        products[(index * Quad * RowProduct.Lanes)..], bias[lane..], target[((pixel * convolved.Channels) + firstChannel + lane)..],
                        Math.Min(Quad, convolved.Width - (x * Quad)), convolved.Channels, channels - lane);
                }
            }
        }
    }
}
