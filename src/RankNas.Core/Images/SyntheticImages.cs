using RankNas.Initialization;

namespace RankNas.Images;

/// <summary>Images from a generator of their own, in arithmetic that is exact to the bit on every machine.</summary>
internal sealed class SyntheticImages : ProbeImages
{
    // Of colours; features of rows and sequences are independent.
    private const double CommonShare = 0.85;

    // Points along each side of the random grids, and the share of variance that CIFAR-10 has at that size.
    private static readonly (int Points, double Share)[] Fields = [(1, 0.30), (2, 0.17), (4, 0.19), (8, 0.15), (16, 0.12)];
    private const double PixelShare = 0.07;

    // A batch is asked for by its fingerprint, its images and its labels: what has been drawn once is kept, up to so many.
    private const int MostKept = 256;

    private readonly long _seed;
    private readonly double[]?[] _kept;

    // The grids are laid over every image alike: where their points are is worked out once.
    private readonly GridOverlay[] _overlays;

    public SyntheticImages(long seed, NetworkShape shape, int count)
        : base(
            string.Create(CultureInfo.InvariantCulture, $"synthetic images, {shape.InputText}, seed {seed}"),
            shape,
            count)
    {
        _seed = seed;
        _kept = new double[Math.Min(count, MostKept)][];
        _overlays = [.. Fields.Select(field => new GridOverlay(shape.Height, shape.Width, field.Points))];
    }

    public override bool IsSynthetic => true;

    private protected override void Read(int first, Span<double> pixels, Span<long> labels)
    {
        int values = pixels.Length / labels.Length;
        ReadLabels(first, labels);
        for (int image = 0; image < labels.Length; image++)
        {
            PixelsOf(first + image).CopyTo(pixels.Slice(image * values, values));
        }
    }

    private protected override void ReadLabels(int first, Span<long> labels)
    {
        for (int image = 0; image < labels.Length; image++)
        {
            labels[image] = (first + image) % Shape.Classes;
        }
    }

    // Two threads may draw the same image at once: it is the same.
    private double[] PixelsOf(int image) => image >= _kept.Length ? Draw(image) : Volatile.Read(ref _kept[image]) ?? Keep(image);

    private double[] Keep(int image)
    {
        double[] pixels = Draw(image);
        Volatile.Write(ref _kept[image], pixels);
        return pixels;
    }

    private double[] Draw(int image)
    {
        int plane = Shape.Height * Shape.Width;
        double[] pixels = new double[plane * Shape.Channels];
        double[] random = new double[plane + Fields.Sum(field => field.Points * field.Points)];
        double[] common = new double[plane];
        double[] own = new double[plane];
        double commonShare = Shape.Rank == 3 ? CommonShare : 0;
        FillField(image, channel: -1, random, common);
        for (int channel = 0; channel < Shape.Channels; channel++)
        {
            FillField(image, channel, random, own);
            for (int pixel = 0; pixel < plane; pixel++)
            {
                pixels[pixel * Shape.Channels + channel] = Math.Sqrt(commonShare) * common[pixel] + Math.Sqrt(1 - commonShare) * own[pixel];
            }
        }

        return pixels;
    }

    private void FillField(int image, int channel, double[] random, double[] field)
    {
        ulong stream = (ulong)StableSeed.Derive(
            _seed,
            "synthetic image",
            image.ToString(CultureInfo.InvariantCulture),
            channel.ToString(CultureInfo.InvariantCulture));
        SplitMix64.FillUnitVariance(stream, 1.0, random);
        for (int pixel = 0; pixel < field.Length; pixel++)
        {
            field[pixel] = Math.Sqrt(PixelShare) * random[pixel];
        }

        int used = field.Length;
        for (int index = 0; index < Fields.Length; index++)
        {
            (int points, double share) = Fields[index];
            _overlays[index].Add(random.AsSpan(used, points * points), Math.Sqrt(share), field);
            used += points * points;
        }
    }
}
