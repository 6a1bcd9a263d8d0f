using System.Diagnostics;

namespace RankNas.Kernels.Convolutions;

/// <summary>A 1×1 convolution and the BatchNorm after it, computed image by image for those who read it, and never written to memory.</summary>
/// <param name="Images">What goes into the convolution.</param>
/// <param name="Read">How it is read.</param>
/// <param name="Weights">The convolution's weights <c>[O, C]</c>, times BatchNorm's factors.</param>
/// <param name="Shift">What is added to each channel.</param>
/// <param name="Reading">How the result is read; the factors are in the weights already.</param>
internal sealed record Expansion(PixelMemory<Float32Value> Images, PixelReading Read, float[] Weights, float[] Shift, PixelReading Reading)
{
    /// <summary>Gets the channels that come out.</summary>
    public int Channels => Shift.Length;

    /// <summary>Gets the vectors that they fill.</summary>
    public int Groups => GroupsOf(Channels);

    /// <summary>Gets the vectors that channels fill.</summary>
    public static int GroupsOf(int channels) => (channels + RowProduct.Lanes - 1) / RowProduct.Lanes;

    /// <summary>Makes one of a convolution.</summary>
    /// <param name="images">What goes into it.</param>
    /// <param name="read">How that is read.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="factors">BatchNorm's factors.</param>
    /// <param name="reading">How the result is read.</param>
    public static Expansion Of(PixelMemory<Float32Value> images, PixelReading read, ConvolutionWeights weights, ChannelFactors factors, PixelReading reading)
    {
        float[] scaled = weights.Weight.ToArray(), shift = new float[scaled.Length / images.Channels];
        Debug.Assert(scaled.Length == shift.Length * images.Channels && factors.Period >= shift.Length, "Shapes fit.");
        for (int channel = 0; channel < shift.Length; channel++)
        {
            float scale = factors.Scale[channel];
            foreach (ref float weight in scaled.AsSpan(channel * images.Channels, images.Channels))
            {
                weight *= scale;
            }

            shift[channel] = factors.Shift[channel] + (weights.Bias.IsEmpty ? 0 : weights.Bias[channel] * scale);
        }

        return new Expansion(images, read, scaled, shift, reading);
    }
}
