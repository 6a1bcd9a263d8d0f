using System.Runtime.Intrinsics;

namespace RankNas;

/// <summary>A term of a sum of images, x · scale + shift.</summary>
/// <param name="values">The images, pixel by pixel.</param>
/// <param name="scale">The factor of each channel, for as many pixels as fill whole vectors.</param>
/// <param name="shift">What is added to each channel, likewise.</param>
internal readonly ref struct Summand<T>(ReadOnlySpan<T> values, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift)
    where T : unmanaged, IPixelValue<T>
{
    private readonly ReadOnlySpan<T> _values = values;
    private readonly ReadOnlySpan<float> _shift = shift;

    public ReadOnlySpan<float> Scale { get; } = scale;

    public bool IsEmpty => _values.IsEmpty;

    /// <summary>Gets a vector of channels, of all pixels.</summary>
    /// <param name="channel">The first of them.</param>
    public SummandLanes<T> LanesAt(int channel) => new(_values, Vector512.Create(Scale[channel..]), Vector512.Create(_shift[channel..]));
}
