namespace RankNas.Images;

/// <summary>One of the CIFAR binary layouts, with the normalisation that NATS-Bench uses for it.</summary>
/// <param name="Name">The data set's name.</param>
/// <param name="Classes">The number of classes.</param>
/// <param name="LabelClasses">The number of classes of each label byte; the last one is the label.</param>
/// <param name="Mean">The mean of each channel, of 255.</param>
/// <param name="Deviation">The standard deviation of each channel, of 255.</param>
internal sealed record CifarFormat(
    string Name,
    int Classes,
    ImmutableArray<int> LabelClasses,
    ImmutableArray<double> Mean,
    ImmutableArray<double> Deviation)
{
    public const int Channels = 3;
    public const int Side = 32;
    public const int Plane = Side * Side;

    public static CifarFormat Cifar10 { get; } = new("CIFAR-10", 10, [10], [125.3, 123.0, 113.9], [63.0, 62.1, 66.7]);

    public static CifarFormat Cifar100 { get; } = new("CIFAR-100", 100, [20, 100], [129.3, 124.1, 112.4], [68.2, 65.4, 70.4]);

    public static CifarFormat Cifar100FineOnly { get; } = Cifar100 with { LabelClasses = [100] };

    /// <summary>Gets the normalisation, of pixels from 0 to 1.</summary>
    public ImageNormalization Normalization => new(Mean.Select(value => value / 255), Deviation.Select(value => value / 255));

    /// <summary>Gets the size of a record in bytes.</summary>
    public int RecordSize => LabelClasses.Length + Channels * Plane;

    /// <summary>Finds out how many label bytes the files have.</summary>
    public static CifarFormat OfCifar100(Cifar100Labels labels, IReadOnlyList<string> files)
    {
        switch (labels)
        {
            case Cifar100Labels.CoarseAndFine:
                return Cifar100;
            case Cifar100Labels.FineOnly:
                return Cifar100FineOnly;
            case Cifar100Labels.BySize:
                bool two = files.All(file => CifarFiles.SizeOf(file) % Cifar100.RecordSize == 0);
                bool one = files.All(file => CifarFiles.SizeOf(file) % Cifar100FineOnly.RecordSize == 0);
                return two && one
                    ? throw new InvalidDataException(
                        $"The size of '{files[0]}' fits one label byte for each image as well as two: say {nameof(Cifar100Labels)}.{nameof(Cifar100Labels.CoarseAndFine)} or {nameof(Cifar100Labels)}.{nameof(Cifar100Labels.FineOnly)}.")
                    : one ? Cifar100FineOnly : Cifar100;
            default:
                throw new ArgumentOutOfRangeException(nameof(labels), labels, "The labels are by size, coarse and fine, or fine only.");
        }
    }

    /// <summary>Makes the table of normalised values, <c>[channel · 256 + byte]</c>.</summary>
    public double[] NormalizedValues()
    {
        double[] values = new double[Channels * 256];
        for (int channel = 0; channel < Channels; channel++)
        {
            for (int value = 0; value < 256; value++)
            {
                values[channel * 256 + value] = (value / 255.0 - Mean[channel] / 255.0) / (Deviation[channel] / 255.0);
            }
        }

        return values;
    }
}
