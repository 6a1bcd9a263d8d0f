using RankNas.Kernels.Vectors;

namespace RankNas.Kernels;

/// <summary>A term of a sum of images, x · scale + shift.</summary>
/// <param name="images">The images.</param>
/// <param name="factors">The scale and the shift of each channel.</param>
internal readonly struct Summand<T>(PixelMemory<T> images, ChannelFactors factors)
    where T : unmanaged, IPixelValue<T>
{
    /// <summary>Gets the images.</summary>
    public PixelMemory<T> Images => images;

    /// <summary>Gets after how many values the channels' factors come round.</summary>
    public int Period => factors.Period;

    /// <summary>Gets a vector of channels, of all pixels.</summary>
    /// <param name="channel">The first of them.</param>
    public SummandLanes<T, TVector> LanesAt<TVector>(int channel)
        where TVector : struct, IFloatVector<TVector> =>
        new(images.Values, TVector.Load(ref factors.Scale[channel], 0), TVector.Load(ref factors.Shift[channel], 0));

    /// <summary>Gets one value of the term.</summary>
    /// <param name="index">Where x lies.</param>
    /// <param name="place">Where in a period.</param>
    public float At(int index, int place) => MathF.FusedMultiplyAdd((float)images.Values[index], factors.Scale[place], factors.Shift[place]);
}
