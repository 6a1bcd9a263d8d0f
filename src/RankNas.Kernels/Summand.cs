using System.Runtime.Intrinsics;

namespace RankNas;

/// <summary>A term of a sum of images, x · scale + shift.</summary>
/// <param name="images">The images.</param>
/// <param name="scale">The factor of each channel, for as many pixels as fill whole vectors.</param>
/// <param name="shift">What is added to each channel, likewise.</param>
internal readonly struct Summand<T>(PixelMemory<T> images, float[] scale, float[] shift)
    where T : unmanaged, IPixelValue<T>
{
    /// <summary>Gets after how many values the channels' factors come round.</summary>
    public int Period => scale.Length;

    /// <summary>Gets a vector of channels, of all pixels.</summary>
    /// <param name="channel">The first of them.</param>
    public SummandLanes<T> LanesAt(int channel) => new(images.Values, Vector512.Create(scale, channel), Vector512.Create(shift, channel));
}
