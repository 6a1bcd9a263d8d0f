using RankNas.Kernels.Convolutions;

namespace RankNas.Kernels;

/// <summary>Some of a batch's images, as many whatever the number of cores, so that what is summed by parts does not depend on it.</summary>
/// <param name="Index">Which of the parts it is.</param>
/// <param name="First">Its first image.</param>
/// <param name="Images">The number of its images.</param>
internal readonly record struct ImagePart(int Index, int First, int Images)
{
    // Pixels of so many images fill whole rows of products, whatever their size.
    private const int Most = RowProduct.Rows;

    /// <summary>Gets how many parts there are.</summary>
    public static int CountOf(int images) => (images + Most - 1) / Most;

    /// <summary>Gets a part.</summary>
    public static ImagePart At(int index, int images) => new(index, index * Most, Math.Min(Most, images - index * Most));
}
