using RankNas.Graphs.Operations;

namespace RankNas.Kernels.Convolutions;

/// <summary>The values under a kernel as runs of values that lie side by side.</summary>
/// <param name="Offsets">Where the runs begin, after the kernel's first place.</param>
/// <param name="Length">The values of each run.</param>
internal sealed record WindowRuns(int[] Offsets, int Length)
{
    /// <summary>Gets those of a convolution of a padded image.</summary>
    public static WindowRuns Of(ConvolutionOperation operation, PaddedImage padded)
    {
        (int rows, int columns) = (operation.Kernel.Height, operation.Kernel.Width);
        int row = operation.Dilation.Height * padded.Row;
        return operation.Dilation.Width == 1
            ? new WindowRuns([.. Enumerable.Range(0, rows).Select(y => y * row)], columns * padded.Pixel)
            : new WindowRuns(
                [.. Enumerable.Range(0, rows * columns).Select(place => (place / columns * row) + (place % columns * operation.Dilation.Width * padded.Pixel))], padded.Pixel);
    }
}
