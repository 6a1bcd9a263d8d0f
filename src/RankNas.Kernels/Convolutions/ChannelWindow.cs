using RankNas.Graphs;

namespace RankNas.Kernels.Convolutions;

/// <summary>A window that slides over each channel of one image alone.</summary>
/// <param name="Kernel">Its size.</param>
/// <param name="Stride">Its stride.</param>
/// <param name="Padding">The zeros around the image.</param>
/// <param name="Dilation">The distance between its places.</param>
/// <param name="Input">The image's size.</param>
/// <param name="Output">How many windows there are.</param>
/// <param name="Channels">The channels.</param>
internal sealed record ChannelWindow(Size2D Kernel, Size2D Stride, Size2D Padding, Size2D Dilation, Size2D Input, Size2D Output, int Channels)
{
    /// <summary>Gets how many places it has.</summary>
    public int Places => Kernel.Height * Kernel.Width;
}
