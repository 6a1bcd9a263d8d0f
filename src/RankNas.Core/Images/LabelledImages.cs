using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Images;

/// <summary>Images with their classes in memory, one byte for each value: what a network is trained on and judged by.</summary>
/// <remarks>Immutable and safe for concurrent use. Parts of the images, by <see cref="Select"/> and <see cref="Split"/>, share the pixels.</remarks>
public sealed class LabelledImages
{
    private readonly ReadOnlyMemory<byte> _pixels;
    private readonly ImmutableArray<int> _labels;

    // Where each image's pixels are: parts of the images share them.
    private readonly ImmutableArray<int> _places;
    private readonly float[] _normalized;

    private LabelledImages(
        ReadOnlyMemory<byte> pixels, ImmutableArray<int> places, ImmutableArray<int> labels, NetworkShape shape, ImmutableArray<string> classNames,
        ImageNormalization normalization, string description)
    {
        _pixels = pixels;
        _places = places;
        _labels = labels;
        Shape = shape;
        ClassNames = classNames;
        Normalization = normalization;
        Description = description;
        _normalized = TableOf(normalization);
        ImagesByClass = CountByClass(labels, shape.Classes);
    }

    /// <summary>Gets the description of the images, such as <c>400 images in 10 classes from photos</c>.</summary>
    public string Description { get; }

    /// <summary>Gets the images' shape and the number of classes.</summary>
    public NetworkShape Shape { get; }

    /// <summary>Gets how many images there are.</summary>
    public int Count => _labels.Length;

    /// <summary>Gets the classes' names; the place of each is its label.</summary>
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>Gets what is taken from each channel, and what it is divided by, before a network sees it.</summary>
    public ImageNormalization Normalization { get; }

    /// <summary>Gets the classes of the images, each from 0 to <see cref="NetworkShape.Classes"/> - 1.</summary>
    public ImmutableArray<int> Labels => _labels;

    /// <summary>Gets how many images each class has.</summary>
    public ImmutableArray<int> ImagesByClass { get; }

    /// <summary>Makes images of pixels in memory.</summary>
    /// <param name="pixels">The pixels <c>[N, H, W, C]</c>, from 0 to 255. They are not copied, and must not change.</param>
    /// <param name="labels">The class of each image, <c>[N]</c>, from 0 to <see cref="NetworkShape.Classes"/> - 1.</param>
    /// <param name="shape">The images' shape and the number of classes.</param>
    /// <param name="classNames">The classes' names, all different; <c>0</c>, <c>1</c>, … where null.</param>
    /// <param name="normalization">The normalisation; measured from the images where null.</param>
    /// <param name="description">What the images are, in words.</param>
    /// <exception cref="ArgumentException">There are no images, or the arguments do not match this description or each other.</exception>
    public static LabelledImages FromPixels(
        ReadOnlyMemory<byte> pixels, IEnumerable<int> labels, NetworkShape shape, IEnumerable<string>? classNames = null, ImageNormalization? normalization = null,
        string? description = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(shape);
        ImmutableArray<int> classes = [.. labels];
        ImmutableArray<string> names = classNames is null ? NumbersTo(shape.Classes) : [.. classNames];
        CheckShape(pixels.Length, classes, shape);
        CheckNames(names, shape.Classes);
        if (normalization is not null && normalization.Mean.Length != shape.Channels)
        {
            throw new ArgumentException($"The images have {shape.Channels} channels, and the normalisation has {normalization.Mean.Length}.", nameof(normalization));
        }

        ImmutableArray<int> places = [.. Enumerable.Range(0, classes.Length)];
        return new LabelledImages(
            pixels, places, classes, shape, names, normalization ?? MeasuredOf(pixels, places, shape),
            description ?? string.Create(CultureInfo.InvariantCulture, $"{classes.Length:N0} images in {shape.Classes:N0} classes"));
    }

    /// <summary>Reads CIFAR-10, CIFAR-100 or MNIST from their official files, and detects which.</summary>
    /// <remarks>CIFAR has the normalisation that <see cref="ProbeImages"/> use for it, and the official names of its classes. That of IDX files is measured.</remarks>
    /// <param name="fileOrFolder">
    /// CIFAR as <see cref="ProbeImages.FromFile"/> finds it. For MNIST and data sets in its layout: a file of images such as <c>train-images-idx3-ubyte</c> or
    /// <c>train-images-idx3-ubyte.gz</c>, with the labels beside it; or the folder of the training images.
    /// </param>
    /// <exception cref="FileNotFoundException">The path does not exist, or the folder has none of these files.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or something else.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static LabelledImages FromFile(string fileOrFolder) => KnownFiles.Read(fileOrFolder);

    /// <summary>Reads images and labels in the IDX layout of MNIST, compressed by gzip or not.</summary>
    /// <remarks>Images have one channel, or three where the file has a fourth dimension of size 3. There are as many classes as the largest label says, at least 10.</remarks>
    /// <param name="imagesFile">The images, bytes <c>[N, H, W]</c> or <c>[N, H, W, 3]</c>, such as <c>train-images-idx3-ubyte</c>.</param>
    /// <param name="labelsFile">The labels, bytes <c>[N]</c>, such as <c>train-labels-idx1-ubyte</c>; where null, the file of that name beside the images.</param>
    /// <exception cref="FileNotFoundException">A file does not exist.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or something else, or there are more labels than images or fewer.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static LabelledImages FromIdx(string imagesFile, string? labelsFile = null) => IdxFiles.Read(imagesFile, labelsFile);

    /// <summary>Gets the pixels of an image, <c>[H, W, C]</c>, from 0 to 255.</summary>
    /// <param name="index">Which image, from 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ReadOnlySpan<byte> PixelsOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        int size = SizeOf(Shape);
        return _pixels.Span.Slice(_places[index] * size, size);
    }

    /// <summary>Selects some of the images. Classes, their names and the normalisation stay.</summary>
    /// <param name="indices">Which, each from 0 to <see cref="Count"/> - 1, in the order wanted.</param>
    /// <exception cref="ArgumentException">None is selected.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public LabelledImages Select(IEnumerable<int> indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        int[] selected = [.. indices];
        foreach (int index in selected)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(indices));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count, nameof(indices));
        }

        return selected.Length == 0
            ? throw new ArgumentException("No image is selected: select one or more.", nameof(indices))
            : new LabelledImages(
                _pixels, [.. selected.Select(index => _places[index])], [.. selected.Select(index => _labels[index])], Shape, ClassNames, Normalization,
                string.Create(CultureInfo.InvariantCulture, $"{selected.Length:N0} of {Description}"));
    }

    /// <summary>Splits off a share of every class, drawn by a seed.</summary>
    /// <remarks>A class of one image stays whole in the first part. Every class of two or more has at least one image in each part.</remarks>
    /// <param name="share">The share of each class that is held out, between 0 and 1.</param>
    /// <param name="seed">The seed; the split is the same on every machine.</param>
    /// <returns>What remains, and what is held out, each in the order of these images.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    /// <exception cref="InvalidOperationException">No class has two images.</exception>
    public (LabelledImages Remaining, LabelledImages HeldOut) Split(double share, long seed)
    {
        if (!(share is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share held out is between 0 and 1.");
        }

        var random = new Random(unchecked((int)Initialization.StableSeed.Derive(seed, "held out")));
        var heldOut = new HashSet<int>();
        foreach (IGrouping<int, int> ofClass in Enumerable.Range(0, Count).GroupBy(index => _labels[index]).OrderBy(group => group.Key))
        {
            int[] shuffled = [.. ofClass];
            random.Shuffle(shuffled);
            int most = shuffled.Length - 1;
            heldOut.UnionWith(shuffled.Take(Math.Min(most, Math.Max(1, (int)Math.Round(share * shuffled.Length)))));
        }

        return heldOut.Count == 0
            ? throw new InvalidOperationException($"No class has two images, so that none can be held out ({Description}): give more images.")
            : (Select(Enumerable.Range(0, Count).Where(index => !heldOut.Contains(index))), Select(heldOut.Order()));
    }

    /// <summary>Normalises the images otherwise.</summary>
    /// <param name="normalization">The normalisation, of as many channels.</param>
    /// <exception cref="ArgumentException">The number of channels differs.</exception>
    public LabelledImages WithNormalization(ImageNormalization normalization)
    {
        ArgumentNullException.ThrowIfNull(normalization);
        return normalization.Mean.Length == Shape.Channels
            ? new LabelledImages(_pixels, _places, _labels, Shape, ClassNames, normalization, Description)
            : throw new ArgumentException($"The images have {Shape.Channels} channels, and the normalisation has {normalization.Mean.Length}.", nameof(normalization));
    }

    /// <summary>Measures the mean and the standard deviation of each channel. A channel of one value has the deviation 1.</summary>
    public ImageNormalization MeasureNormalization() => MeasuredOf(_pixels, _places, Shape);

    /// <summary>Makes a batch of images.</summary>
    /// <param name="indices">Which, each from 0 to <see cref="Count"/> - 1, in the order wanted.</param>
    /// <param name="device">The device; the CPU where null.</param>
    /// <returns>Normalised images <c>[N, C, H, W]</c>, float32, in channels_last memory format, and their classes <c>[N]</c>, int64. The caller disposes them.</returns>
    public (Tensor Images, Tensor Labels) Take(ReadOnlySpan<int> indices, Device? device = null)
    {
        TorchRuntime.EnsureLoaded();
        int size = SizeOf(Shape);
        float[] pixels = new float[checked(indices.Length * size)];
        long[] labels = new long[indices.Length];
        for (int image = 0; image < indices.Length; image++)
        {
            labels[image] = _labels[indices[image]];
            Normalize(PixelsOf(indices[image]), pixels.AsSpan(image * size, size));
        }

        using DisposeScope scope = NewDisposeScope();
        using IDisposable normal = inference_mode(false);
        Tensor batch = tensor(pixels, device: CPU).reshape(indices.Length, Shape.Height, Shape.Width, Shape.Channels).permute(0, 3, 1, 2);
        return (batch.to(device ?? CPU).MoveToOuterDisposeScope(), tensor(labels, device: device ?? CPU).MoveToOuterDisposeScope());
    }

    /// <summary>Normalises pixels as these images are normalised.</summary>
    /// <param name="pixels">Pixels <c>[…, C]</c>, from 0 to 255.</param>
    /// <param name="normalized">To be filled with as many values.</param>
    /// <exception cref="ArgumentException">The lengths differ, or are no multiple of the number of channels.</exception>
    public void Normalize(ReadOnlySpan<byte> pixels, Span<float> normalized)
    {
        int channels = Shape.Channels;
        if (pixels.Length != normalized.Length || pixels.Length % channels != 0)
        {
            throw new ArgumentException($"{pixels.Length} pixels of {channels} channels can not be put into {normalized.Length} values.", nameof(normalized));
        }

        for (int pixel = 0; pixel < pixels.Length; pixel += channels)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                normalized[pixel + channel] = _normalized[(channel << 8) + pixels[pixel + channel]];
            }
        }
    }

    /// <summary>Gives the images to the proxies.</summary>
    public ProbeImages ToProbeImages() => new MemoryImages(this);

    /// <summary>Describes the images in other words.</summary>
    /// <param name="description">What the images are.</param>
    public LabelledImages WithDescription(string description)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(description);
        return new LabelledImages(_pixels, _places, _labels, Shape, ClassNames, Normalization, description);
    }

    private static int SizeOf(NetworkShape shape) => checked(shape.Channels * shape.Height * shape.Width);

    private static ImmutableArray<string> NumbersTo(int classes) => [.. Enumerable.Range(0, classes).Select(label => label.ToString(CultureInfo.InvariantCulture))];

    private static void CheckShape(int pixels, ImmutableArray<int> labels, NetworkShape shape)
    {
        if (shape.Rank != 3)
        {
            throw new ArgumentException($"The shape is {shape.InputText}: images have channels, height and width.", nameof(shape));
        }

        if (labels.IsEmpty)
        {
            throw new ArgumentException("There are no images: give one or more.", nameof(labels));
        }

        if (pixels != (long)labels.Length * SizeOf(shape))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{labels.Length} images of {shape.InputText} have {(long)labels.Length * SizeOf(shape)} values, and there are {pixels}."), nameof(shape));
        }

        foreach (int label in labels)
        {
            if (label < 0 || label >= shape.Classes)
            {
                throw new ArgumentException($"A label is {label}: with {shape.Classes} classes they are 0 to {shape.Classes - 1}.", nameof(labels));
            }
        }
    }

    private static void CheckNames(ImmutableArray<string> names, int classes)
    {
        if (names.Length != classes || names.Any(string.IsNullOrWhiteSpace) || names.Distinct(StringComparer.Ordinal).Count() != classes)
        {
            throw new ArgumentException($"There are {classes} classes and {names.Length} names: give each class a name of its own.", nameof(names));
        }
    }

    private static ImmutableArray<int> CountByClass(ImmutableArray<int> labels, int classes)
    {
        int[] counts = new int[classes];
        foreach (int label in labels)
        {
            counts[label]++;
        }

        return [.. counts];
    }

    private static ImageNormalization MeasuredOf(ReadOnlyMemory<byte> pixels, ImmutableArray<int> places, NetworkShape shape)
    {
        int channels = shape.Channels;
        int size = SizeOf(shape);
        long[] counts = new long[channels << 8];
        foreach (int place in places)
        {
            ReadOnlySpan<byte> image = pixels.Span.Slice(place * size, size);
            for (int pixel = 0; pixel < image.Length; pixel += channels)
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    counts[(channel << 8) + image[pixel + channel]]++;
                }
            }
        }

        double all = (double)places.Length * shape.Height * shape.Width;
        double[] means = new double[channels];
        double[] deviations = new double[channels];
        for (int channel = 0; channel < channels; channel++)
        {
            ReadOnlySpan<long> ofChannel = counts.AsSpan(channel << 8, 256);
            (double sum, double squares) = (0, 0);
            for (int value = 0; value < 256; value++)
            {
                sum += ofChannel[value] * (value / 255d);
                squares += ofChannel[value] * (value / 255d) * (value / 255d);
            }

            means[channel] = sum / all;
            double variance = squares / all - means[channel] * means[channel];
            deviations[channel] = variance > 1e-9 ? Math.Sqrt(variance) : 1;
        }

        return new ImageNormalization(means, deviations);
    }

    private static float[] TableOf(ImageNormalization normalization)
    {
        float[] table = new float[normalization.Mean.Length << 8];
        for (int entry = 0; entry < table.Length; entry++)
        {
            int channel = entry >> 8;
            table[entry] = (float)(((entry & 255) / 255d - normalization.Mean[channel]) / normalization.Deviation[channel]);
        }

        return table;
    }
}
