namespace RankNas.Training.Augmentations;

/// <summary>Mixup and CutMix of a batch: each image with at most one other.</summary>
internal sealed class BatchMixer(AugmentationOptions options, ImageSize size)
{
    /// <summary>Gets whether anything is mixed.</summary>
    public bool IsOn => options.MixupProbability + options.CutMixProbability > 0;

    /// <summary>Mixes an image with another.</summary>
    /// <param name="image">The image, <c>[H, W, C]</c>.</param>
    /// <param name="other">The other.</param>
    /// <param name="mixed">To be filled with both.</param>
    /// <param name="random">Where chance comes from: the image's own.</param>
    /// <returns>The image's share of the target; the rest is the other's.</returns>
    public double Mix(ReadOnlySpan<float> image, ReadOnlySpan<float> other, Span<float> mixed, ref ImageRandom random)
    {
        double drawn = random.NextDouble();
        if (drawn < options.MixupProbability)
        {
            return Blend(image, other, mixed, random.NextBeta(options.MixupAlpha));
        }

        image.CopyTo(mixed);
        return drawn < options.MixupProbability + options.CutMixProbability ? Paste(other, mixed, random.NextBeta(options.CutMixAlpha), ref random) : 1;
    }

    private static double Blend(ReadOnlySpan<float> image, ReadOnlySpan<float> other, Span<float> mixed, double share)
    {
        (float own, float others) = ((float)share, (float)(1 - share));
        for (int place = 0; place < mixed.Length; place++)
        {
            mixed[place] = own * image[place] + others * other[place];
        }

        return share;
    }

    private double Paste(ReadOnlySpan<float> other, Span<float> mixed, double share, ref ImageRandom random)
    {
        double side = Math.Sqrt(1 - share);
        Box box = Box.About(random.Next(size.Height), random.Next(size.Width), side * size.Height, side * size.Width, size);
        for (int y = box.Top; y < box.Top + box.Height; y++)
        {
            int first = (y * size.Width + box.Left) * size.Channels, length = box.Width * size.Channels;
            other.Slice(first, length).CopyTo(mixed[first..]);
        }

        return 1 - (double)(box.Height * box.Width) / (size.Height * size.Width);
    }
}
