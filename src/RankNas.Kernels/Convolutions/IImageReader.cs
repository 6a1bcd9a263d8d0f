namespace RankNas.Kernels.Convolutions;

/// <summary>Gets images ready for a window to slide over sixteen channels of them, one image after another.</summary>
internal interface IImageReader : IDisposable
{
    /// <summary>Gets the image that was read last.</summary>
    PaddedImage Image { get; }

    /// <summary>Reads channels of an image.</summary>
    /// <param name="image">Which of the batch.</param>
    /// <param name="group">Which sixteen channels; those of an image come in their order.</param>
    /// <returns>Where the first of them lies.</returns>
    int Read(int image, int group);
}
