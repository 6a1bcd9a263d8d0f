namespace RankNas.Kernels.Convolutions;

/// <summary>A convolution's weights.</summary>
/// <param name="weight">The weight <c>[O, C/groups, kernel height, kernel width]</c>.</param>
/// <param name="bias">The bias of each output channel; empty where there is none.</param>
internal readonly ref struct ConvolutionWeights(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias)
{
    /// <summary>Gets the weight.</summary>
    public ReadOnlySpan<float> Weight { get; } = weight;

    /// <summary>Gets the bias.</summary>
    public ReadOnlySpan<float> Bias { get; } = bias;

    /// <summary>Writes the biases of output channels, filled up to whole vectors by zeros.</summary>
    /// <param name="first">The first channel.</param>
    /// <param name="count">How many.</param>
    /// <param name="to">Where to, zeros until now.</param>
    public void CopyBias(int first, int count, Span<float> to)
    {
        if (!Bias.IsEmpty)
        {
            Bias.Slice(first, count).CopyTo(to);
        }
    }

    /// <summary>Writes the weights of output channels as groups of sixteen of them, <c>[group, place, C/groups, lane]</c>, filled up by zeros.</summary>
    /// <param name="first">The first output channel.</param>
    /// <param name="count">How many.</param>
    /// <param name="channels">C/groups.</param>
    /// <param name="places">The kernel's places.</param>
    /// <param name="to">Where to, zeros until now.</param>
    public void CopyLanes(int first, int count, int channels, int places, Span<float> to)
    {
        for (int output = 0; output < count; output++)
        {
            (int group, int lane) = Math.DivRem(output, RowProduct.Lanes);
            ReadOnlySpan<float> own = Weight.Slice((first + output) * channels * places, channels * places);
            Span<float> target = to[((group * channels * places * RowProduct.Lanes) + lane)..];
            for (int channel = 0; channel < channels; channel++)
            {
                for (int place = 0; place < places; place++)
                {
                    target[((place * channels) + channel) * RowProduct.Lanes] = own[(channel * places) + place];
                }
            }
        }
    }
}
