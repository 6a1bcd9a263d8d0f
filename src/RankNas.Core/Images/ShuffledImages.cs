using RankNas.Initialization;

namespace RankNas.Images;

/// <summary>Images in an order drawn by a seed.</summary>
internal sealed class ShuffledImages : ProbeImages
{
    private readonly ProbeImages _original;
    private readonly int[] _places;

    public ShuffledImages(ProbeImages original, long seed)
        : base(string.Create(CultureInfo.InvariantCulture, $"{original.Description}, shuffled by seed {seed}"), original.Shape, original.Count)
    {
        _original = original;
        _places = [.. Enumerable.Range(0, original.Count).OrderBy(place => StableSeed.Derive(seed, "image", place.ToString(CultureInfo.InvariantCulture)))];
    }

    public override bool IsSynthetic => _original.IsSynthetic;

    public override bool HasLabels => _original.HasLabels;

    public override ImageNormalization? Normalization => _original.Normalization;

    private protected override void Read(int first, Span<double> pixels, Span<long> labels)
    {
        int imageSize = pixels.Length / labels.Length;
        for (int image = 0; image < labels.Length; image++)
        {
            _original.ReadOne(_places[first + image], pixels.Slice(image * imageSize, imageSize), labels.Slice(image, 1));
        }
    }

    private protected override void ReadLabels(int first, Span<long> labels)
    {
        for (int image = 0; image < labels.Length; image++)
        {
            _original.ReadLabelsOnly(_places[first + image], labels.Slice(image, 1));
        }
    }
}
