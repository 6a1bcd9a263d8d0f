namespace RankNas.Images;

/// <summary>Images in another size than they were read in.</summary>
internal sealed class ResizedImages(ProbeImages original, NetworkShape shape) : ProbeImages(
    string.Create(CultureInfo.InvariantCulture, $"{original.Description}, resized from {original.Shape.Height}x{original.Shape.Width} to {shape.Height}x{shape.Width}"),
    shape,
    original.Count)
{
    private readonly LinearFilter _rows = new(original.Shape.Height, shape.Height);
    private readonly LinearFilter _columns = new(original.Shape.Width, shape.Width);

    public override bool IsSynthetic => original.IsSynthetic;

    public override bool HasLabels => original.HasLabels;

    public override ImageNormalization? Normalization => original.Normalization;

    private protected override void Read(int first, Span<double> pixels, Span<long> labels)
    {
        (int channels, int height, int width) = (original.Shape.Channels, original.Shape.Height, original.Shape.Width);
        double[] image = new double[height * width * channels];
        double[] narrow = new double[height * Shape.Width * channels];
        int imageSize = Shape.Height * Shape.Width * channels;
        for (int index = 0; index < labels.Length; index++)
        {
            original.ReadOne(first + index, image, labels.Slice(index, 1));
            for (int row = 0; row < height; row++)
            {
                _columns.Apply(image.AsSpan(row * width * channels, width * channels), narrow.AsSpan(row * Shape.Width * channels, Shape.Width * channels), channels);
            }

            _rows.Apply(narrow, pixels.Slice(index * imageSize, imageSize), Shape.Width * channels);
        }
    }

    private protected override void ReadLabels(int first, Span<long> labels) => original.ReadLabelsOnly(first, labels);
}
