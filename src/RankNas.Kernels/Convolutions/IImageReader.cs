namespace RankNas.Kernels;

/// <summary>Gets images ready for a window to slide over them, one after another.</summary>
internal interface IImageReader : IDisposable
{
    /// <summary>Gets the image that was read last.</summary>
    PaddedImage Image { get; }

    /// <summary>Reads an image.</summary>
    /// <param name="image">Which of the batch.</param>
    void Read(int image);
}
