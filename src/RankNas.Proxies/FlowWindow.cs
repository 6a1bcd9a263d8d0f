using RankNas.Graphs;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>A window that slides over one image in NHWC, <c>[H, W, C]</c>: all that it sees, as a tensor, and back.</summary>
/// <param name="Kernel">Its size.</param>
/// <param name="Stride">Its stride.</param>
/// <param name="Padding">The zeros around the image; below 0 so much is cut off.</param>
/// <param name="Dilation">The distance between its places.</param>
/// <param name="Input">The image's size.</param>
/// <param name="Output">How many windows there are.</param>
internal sealed record FlowWindow(Size2D Kernel, Size2D Stride, Size2D Padding, Size2D Dilation, Size2D Input, Size2D Output)
{
    /// <summary>Gets whether the window is a pixel, and all pixels are seen once.</summary>
    public bool IsPixel => Kernel == 1 && Stride == 1 && Padding == 0;

    /// <summary>Gets the window of stride 1 by which each pixel sees the windows that saw it, in opposite order.</summary>
    public FlowWindow Reverse => this with
    {
        Padding = ((Dilation.Height * (Kernel.Height - 1)) - Padding.Height, (Dilation.Width * (Kernel.Width - 1)) - Padding.Width),
        Input = Output,
        Output = Input,
    };

    // Rounding up makes the last windows reach beyond the padding.
    private long PaddedHeight => Math.Max(Input.Height + (2L * Padding.Height), ((Output.Height - 1L) * Stride.Height) + (Dilation.Height * (Kernel.Height - 1L)) + 1);

    private long PaddedWidth => Math.Max(Input.Width + (2L * Padding.Width), ((Output.Width - 1L) * Stride.Width) + (Dilation.Width * (Kernel.Width - 1L)) + 1);

    /// <summary>Gets what the windows see.</summary>
    /// <param name="pixels">The image <c>[H, W, C]</c>, contiguous.</param>
    /// <param name="groups">The groups of channels.</param>
    /// <returns>A view <c>[groups, outH, outW, kH, kW, C / groups]</c>.</returns>
    public Tensor Unfold(Tensor pixels, long groups)
    {
        using DisposeScope scope = NewDisposeScope();
        long channels = pixels.size(2), row = PaddedWidth * channels;
        Tensor padded = Padding == 0 && PaddedHeight == Input.Height && PaddedWidth == Input.Width ? pixels : nn.functional.pad(
            pixels,
            [0, 0, Padding.Width, PaddedWidth - Input.Width - Padding.Width, Padding.Height, PaddedHeight - Input.Height - Padding.Height]).contiguous();
        return padded.as_strided(
            [groups, Output.Height, Output.Width, Kernel.Height, Kernel.Width, channels / groups],
            [channels / groups, Stride.Height * row, Stride.Width * channels, Dilation.Height * row, Dilation.Width * channels, 1]).MoveToOuterDisposeScope();
    }

    /// <summary>Adds up what each pixel gets from the windows that saw it.</summary>
    /// <param name="places">What the windows give, as <see cref="Unfold"/> has it.</param>
    /// <returns>The image <c>[H, W, C]</c>.</returns>
    public Tensor Fold(Tensor places)
    {
        using DisposeScope scope = NewDisposeScope();
        long groups = places.size(0), own = places.size(5), channels = groups * own, row = PaddedWidth * channels;
        Tensor sum = places.new_zeros([PaddedHeight, PaddedWidth, channels]);
        for (long y = 0; y < Kernel.Height; y++)
        {
            for (long x = 0; x < Kernel.Width; x++)
            {
                sum.as_strided(
                    [groups, Output.Height, Output.Width, own], [own, Stride.Height * row, Stride.Width * channels, 1], (y * Dilation.Height * row) + (x * Dilation.Width * channels))
                    .AddInPlace(places.select(3, y).select(3, x));
            }
        }

        return sum.narrow(0, Padding.Height, Input.Height).narrow(1, Padding.Width, Input.Width).contiguous().MoveToOuterDisposeScope();
    }
}
