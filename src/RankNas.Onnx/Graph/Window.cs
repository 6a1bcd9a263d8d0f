using System.Collections.Immutable;

namespace RankNas;

/// <summary>The window that a convolution or a pooling moves over images: height, then width.</summary>
internal sealed record Window(
    ImmutableArray<long> Kernel, ImmutableArray<long> Stride, ImmutableArray<long> Padding, ImmutableArray<long> Dilation = default, bool CeilMode = false)
{
    public ImmutableArray<long> Dilation { get; init; } = Dilation.IsDefault ? [1, 1] : Dilation;

    /// <summary>Gets the padding below and to the right.</summary>
    public ImmutableArray<long> EndPadding { get; init; } = Padding;

    public bool HasPadding => Padding.Concat(EndPadding).Any(size => size > 0);

    /// <summary>Rounds up only where that changes anything, for not every runtime can.</summary>
    public Window For(ImmutableArray<long> images) => CeilMode && (this with { CeilMode = false }).Sizes(images).SequenceEqual(Sizes(images))
        ? this with { CeilMode = false }
        : this;

    /// <summary>Gets the height and width of what comes out.</summary>
    /// <exception cref="OnnxExportException">The images are smaller than the window.</exception>
    public IEnumerable<long> Slide(ImmutableArray<long> images, string path)
    {
        ImmutableArray<long> sizes = Sizes(images);
        return sizes.All(size => size > 0)
            ? sizes
            : throw new OnnxExportException($"'{path}' has a window larger than the {images[1]}x{images[2]} that it gets: export for larger images.");
    }

    public IEnumerable<OnnxAttribute> Attributes() => [OnnxAttribute.Of("dilations", Dilation), .. Common()];

    public IEnumerable<OnnxAttribute> PoolingAttributes() => [OnnxAttribute.Of("ceil_mode", CeilMode ? 1L : 0L), .. Common()];

    private IEnumerable<OnnxAttribute> Common() =>
    [
        OnnxAttribute.Of("kernel_shape", Kernel),
        OnnxAttribute.Of("pads", Padding.Concat(EndPadding)),
        OnnxAttribute.Of("strides", Stride),
    ];

    private ImmutableArray<long> Sizes(ImmutableArray<long> images) => [SizeOf(images[1], 0), SizeOf(images[2], 1)];

    private long SizeOf(long size, int dimension)
    {
        long span = size + Padding[dimension] + EndPadding[dimension] - Dilation[dimension] * (Kernel[dimension] - 1) - 1;
        long stride = Stride[dimension];
        if (span < 0)
        {
            return 0;
        }

        long steps = CeilMode ? (span + stride - 1) / stride : span / stride;

        // PyTorch leaves out a window that would begin in the padding at the end.
        return CeilMode && steps * stride >= size + Padding[dimension] ? steps : steps + 1;
    }
}
