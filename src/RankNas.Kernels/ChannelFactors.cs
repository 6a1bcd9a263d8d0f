using System.Runtime.Intrinsics;

namespace RankNas.Kernels;

/// <summary>x · scale + shift for each channel, written out for as many pixels as fill whole vectors.</summary>
/// <param name="Scale">The factors.</param>
/// <param name="Shift">What is added.</param>
internal readonly record struct ChannelFactors(float[] Scale, float[] Shift)
{
    /// <summary>Gets after how many values the channels' factors come round.</summary>
    public int Period => Scale.Length;

    /// <summary>Gets after how many values channels come round at the start of a vector: the least common multiple.</summary>
    /// <param name="channels">The number of channels.</param>
    public static int PeriodOf(int channels)
    {
        int copies = Vector512<float>.Count;
        for (int rest = channels; copies > 1 && rest % 2 == 0; rest /= 2)
        {
            copies /= 2;
        }

        return copies * channels;
    }

    /// <summary>Gets what leaves values as they are.</summary>
    public static ChannelFactors One(int channels)
    {
        float[] scale = new float[PeriodOf(channels)];
        Array.Fill(scale, 1);
        return new ChannelFactors(scale, new float[scale.Length]);
    }
}
