using RankNas.Kernels.Execution;
using RankNas.Proxies;

namespace RankNas.Kernels.Convolutions;

/// <summary>What happens to values as they are read from memory: x · scale + shift, then a range.</summary>
/// <param name="Clamp">The range that they are brought into.</param>
/// <param name="Factors">The scale and shift of each channel before; null leaves values as they are.</param>
/// <param name="Signs">Where it is noted which are greater than zero; null where nobody asks, or it is known already.</param>
internal readonly record struct PixelReading(Clamp Clamp, ChannelFactors? Factors = null, PackedSigns? Signs = null)
{
    /// <summary>Tells whether signs of images of so many values can be noted by vectors.</summary>
    public static bool NotesSignsOf(int valuesOfImage) => valuesOfImage % (4 * RowProduct.Lanes) == 0;

    /// <summary>Reads values from the first channel on.</summary>
    /// <param name="values">The values.</param>
    /// <param name="to">Where to.</param>
    /// <param name="offset">Where the first lies among those of the batch, a multiple of sixteen where signs are noted.</param>
    public void Read<T>(ReadOnlySpan<T> values, Span<float> to, int offset)
        where T : unmanaged, IPixelValue<T>
    {
        if (Factors is { } factors)
        {
            PixelRows.Normalize(values, to, factors, Clamp, Signs is null ? [] : Signs.Sixteens[(offset / RowProduct.Lanes)..]);
        }
        else
        {
            PixelRows.Read(values, to, Clamp);
        }
    }
}
