namespace RankNas.Images;

/// <summary>Images with classes in memory, for the proxies.</summary>
internal sealed class MemoryImages(LabelledImages images) : ProbeImages(images.Description, images.Shape, images.Count)
{
    public override ImageNormalization Normalization => images.Normalization;

    private protected override void Read(int first, Span<double> pixels, Span<long> labels)
    {
        int size = pixels.Length / labels.Length;
        int channels = Shape.Channels;
        for (int image = 0; image < labels.Length; image++)
        {
            ReadOnlySpan<byte> bytes = images.PixelsOf(first + image);
            Span<double> values = pixels.Slice(image * size, size);
            for (int value = 0; value < bytes.Length; value++)
            {
                int channel = value % channels;
                values[value] = (bytes[value] / 255d - Normalization.Mean[channel]) / Normalization.Deviation[channel];
            }
        }

        ReadLabels(first, labels);
    }

    private protected override void ReadLabels(int first, Span<long> labels)
    {
        for (int image = 0; image < labels.Length; image++)
        {
            labels[image] = images.Labels[first + image];
        }
    }
}
