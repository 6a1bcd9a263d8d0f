using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>Pooling of images: the mean or the maximum of each window.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Kernel">The window's size.</param>
/// <param name="Stride">The stride.</param>
/// <param name="Padding">The padding on either side; at most half a window.</param>
/// <param name="CountsPadding">Whether padding counts in a mean, as zeros.</param>
/// <param name="RoundsUp">Whether a last partial window counts.</param>
public sealed record PoolingOperation(PoolingKind Kind, Size2D Kernel, Size2D Stride, Size2D Padding, bool CountsPadding, bool RoundsUp) : GraphOperation
{
    internal override string ShortName => "pool";

    internal override string Title => $"{(Kind == PoolingKind.Average ? "average" : "max")} pooling of {Kernel}";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs)
    {
        ImmutableArray<int> images = Images(inputs);
        Require(Enum.IsDefined(Kind), "there is no such pooling.");
        Require(2L * Padding.Height <= Kernel.Height && 2L * Padding.Width <= Kernel.Width, "the padding is at most half of the window.");
        return Slide(images, images[0], Kernel, Stride, Padding, 1, RoundsUp);
    }
}
