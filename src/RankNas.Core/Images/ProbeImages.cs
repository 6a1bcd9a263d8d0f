using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Images;

/// <summary>The images for the proxies: from CIFAR files, a tensor, or a seeded generator.</summary>
/// <remarks>
/// Immutable and safe for concurrent use. Images are read when they are taken, and only as many as needed. A batch consists of the first
/// images. If these do not cover the classes of all images, or are sorted by class, it is a stratified sample instead: evenly spaced images of each
/// class, the classes alternating. The sample depends only on the labels and the batch size.
/// </remarks>
public abstract class ProbeImages
{
    private const int FingerprintDigits = 32;

    // So many images are read at a time, and fewer large ones: all of a data set in double precision would take gigabytes.
    private const int LargestBlock = 1024;
    private const int BlockValues = 1 << 23;

    private readonly ConcurrentDictionary<int, int[]?> _selections = new();

    private protected ProbeImages(string description, NetworkShape shape, int count)
    {
        Description = description;
        Shape = shape;
        Count = count;
    }

    /// <summary>Gets the description of the images, such as <c>CIFAR-10, 400 images from cifar10-train-400.bin</c>.</summary>
    public string Description { get; }

    /// <summary>Gets the images' shape and the number of classes.</summary>
    public NetworkShape Shape { get; }

    /// <summary>Gets how many images there are.</summary>
    public int Count { get; }

    /// <summary>Gets whether the images are synthetic.</summary>
    public virtual bool IsSynthetic => false;

    /// <summary>Gets whether the images have labels.</summary>
    public virtual bool HasLabels => true;

    /// <summary>Gets how the pixels were normalised; null if unknown, as for a tensor.</summary>
    public virtual ImageNormalization? Normalization => null;

    /// <summary>Opens CIFAR-10 images in the official binary layout: records of one label byte and 3,072 bytes in CHW order.</summary>
    /// <param name="fileOrFolder">
    /// A file of any name; or a folder with <c>data_batch_1.bin</c> to <c>data_batch_5.bin</c> (those that exist, in this
    /// order) or, if none exists, <c>test_batch.bin</c>; or the folder above <c>cifar-10-batches-bin</c>.
    /// </param>
    /// <exception cref="FileNotFoundException">The path does not exist, or the folder has none of these files.</exception>
    /// <exception cref="InvalidDataException">A file is empty, or not a whole number of records.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static ProbeImages FromCifar10(string fileOrFolder) =>
        CifarImages.Open(CifarFormat.Cifar10, CifarFiles.Find(CifarFormat.Cifar10, fileOrFolder), fileOrFolder);

    /// <summary>Opens CIFAR-100 images with their fine labels: records of one or two label bytes and 3,072 bytes in CHW order.</summary>
    /// <param name="fileOrFolder">
    /// A file of any name; or a folder with <c>train.bin</c> or, if it does not exist, <c>test.bin</c>; or the folder above
    /// <c>cifar-100-binary</c>.
    /// </param>
    /// <param name="labels">How many label bytes a record starts with.</param>
    /// <inheritdoc cref="FromCifar10" path="/exception"/>
    public static ProbeImages FromCifar100(string fileOrFolder, Cifar100Labels labels = Cifar100Labels.BySize)
    {
        IReadOnlyList<string> files = CifarFiles.Find(CifarFormat.Cifar100, fileOrFolder);
        return CifarImages.Open(CifarFormat.OfCifar100(labels, files), files, fileOrFolder);
    }

    /// <summary>Opens CIFAR-10 or CIFAR-100 images and detects which.</summary>
    /// <param name="fileOrFolder">
    /// A folder is recognised by the official names of its files. A file is recognised by its name (<c>data_batch_…</c>, <c>train.bin</c>,
    /// or <c>cifar10</c>, <c>cifar-10</c>, <c>cifar100</c>, <c>cifar-100</c> anywhere in it), else by its size: a multiple of 3,074 is CIFAR-100, and one of 3,073 CIFAR-10.
    /// </param>
    /// <inheritdoc cref="FromCifar10" path="/exception"/>
    public static ProbeImages FromFile(string fileOrFolder) =>
        CifarFiles.IsCifar100(fileOrFolder) ? FromCifar100(fileOrFolder) : FromCifar10(fileOrFolder);

    /// <summary>Uses images of your own, already normalised.</summary>
    /// <param name="images">Finite images <c>[N, C, H, W]</c>, floating point, each channel of mean 0 and deviation 1, on any device. They are copied.</param>
    /// <param name="labels">Class indices <c>[N]</c>, integers from 0, where they are known. They are copied.</param>
    /// <param name="classes">The number of classes; if null, one more than the largest label, or 10 without labels.</param>
    /// <param name="description">What the images are, in words.</param>
    /// <exception cref="ArgumentException">The tensors do not match this description or each other.</exception>
    public static ProbeImages FromTensor(Tensor images, Tensor? labels = null, int? classes = null, string? description = null) =>
        TensorImages.Copy(images, labels, classes, description);

    /// <summary>Uses rows of a table in place of images: <c>[N, F]</c>.</summary>
    /// <param name="rows">Finite rows <c>[N, F]</c>, floating point, each feature of mean 0 and deviation 1, on any device. They are copied.</param>
    /// <param name="labels">Class indices <c>[N]</c>, integers from 0, where they are known. They are copied.</param>
    /// <param name="classes">The number of classes; if null, one more than the largest label, or 10 without labels.</param>
    /// <param name="description">What the rows are, in words.</param>
    /// <exception cref="ArgumentException">The tensors do not match this description or each other.</exception>
    public static ProbeImages FromRows(Tensor rows, Tensor? labels = null, int? classes = null, string? description = null) =>
        TensorImages.CopyRows(rows, labels, classes, description);

    /// <summary>Uses sequences in place of images: <c>[N, T, F]</c>.</summary>
    /// <param name="sequences">Finite sequences <c>[N, T, F]</c>, floating point, each feature of mean 0 and deviation 1, on any device. They are copied.</param>
    /// <param name="labels">Class indices <c>[N]</c>, integers from 0, where they are known. They are copied.</param>
    /// <param name="classes">The number of classes; if null, one more than the largest label, or 10 without labels.</param>
    /// <param name="description">What the sequences are, in words.</param>
    /// <exception cref="ArgumentException">The tensors do not match this description or each other.</exception>
    public static ProbeImages FromSequences(Tensor sequences, Tensor? labels = null, int? classes = null, string? description = null) =>
        TensorImages.CopySequences(sequences, labels, classes, description);

    /// <summary>Generates images that resemble normalised natural images in scale, smoothness and correlation of channels.</summary>
    /// <remarks>
    /// Each image is the sum of random fields of every size from the whole image down to single pixels, with the share of variance
    /// that CIFAR-10 has at each size, mostly common to the channels. Mean 0, variance 1. Image i depends only on the seed, the shape and
    /// i, and is the same on every machine. Its label is i modulo the number of classes. Rows have independent features of variance 1; so have sequences, smooth along their length.
    /// </remarks>
    /// <param name="seed">The seed.</param>
    /// <param name="shape">The images' shape and the number of classes; 3x32x32 in 10 classes where null.</param>
    /// <param name="count">The number of images. They are generated when they are taken.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public static ProbeImages Synthetic(long seed = 0, NetworkShape? shape = null, int count = 1024)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new SyntheticImages(seed, shape ?? new NetworkShape(), count);
    }

    /// <summary>Resizes the images, by bilinear interpolation; smaller images are averaged over all pixels that they cover, as Pillow's <c>BILINEAR</c> does.</summary>
    /// <param name="size">The new height and width in pixels, each from 1 to 65,536.</param>
    /// <returns>The resized images; these ones if they have that size.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The height or width is out of range.</exception>
    /// <exception cref="InvalidOperationException">They are rows or sequences.</exception>
    public ProbeImages Resize(Size2D size) => Shape.Rank != 3 ? throw new InvalidOperationException($"Rows and sequences have no height and width to resize ({Description}).")
        : size == new Size2D(Shape.Height, Shape.Width) ? this
        : new ResizedImages(this, Shape with { Height = size.Height, Width = size.Width });

    /// <summary>Puts the images in an order drawn by a seed, so that a batch is another draw of them.</summary>
    /// <param name="seed">The seed; the order is the same on every machine. Fewer images than <see cref="Count"/> are to be taken: all of them are the same set in any order.</param>
    public ProbeImages Shuffle(long seed) => new ShuffledImages(this, seed);

    /// <summary>Takes a batch: the first images, or a stratified sample; see the remarks on this class.</summary>
    /// <param name="batchSize">How many; from 1 to <see cref="Count"/>.</param>
    /// <param name="dtype">The precision: any floating-point type. The values are computed in double precision first.</param>
    /// <param name="device">The device; the CPU where null.</param>
    /// <returns>Normalised images <c>[batchSize, C, H, W]</c>, in channels_last memory format (on a GPU in float32 and float64: contiguous), or rows or sequences as <see cref="NetworkShape.Input"/> has them. The caller disposes them.</returns>
    /// <exception cref="ArgumentException">There are fewer images.</exception>
    /// <exception cref="InvalidDataException">A file has changed, or has an invalid label.</exception>
    public Tensor Take(int batchSize, ScalarType dtype = ScalarType.Float32, Device? device = null)
    {
        TorchRuntime.EnsureLoaded();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable normal = inference_mode(false);

        // NHWC in memory, seen as [N, C, H, W]: what libtorch calls channels_last.
        Tensor images = empty([CheckedSize(batchSize), Shape.Height, Shape.Width, Shape.Channels], dtype: dtype, device: CPU);
        ReadBlocks(batchSize, (first, pixels, labels) =>
        {
            using Tensor block = tensor(pixels, device: CPU).reshape(labels.Length, Shape.Height, Shape.Width, Shape.Channels);
            using Tensor place = images.narrow(0, first, labels.Length);
            place.copy_(block);
        });
        Tensor inputs = Shape.Rank == 3 ? images.permute(0, 3, 1, 2) : images.reshape([batchSize, .. Shape.Input.Select(size => (long)size)]);
        Tensor there = inputs.to(device ?? CPU);

        // cuDNN has its faster kernels for NHWC in half precision only.
        return (there.device_type == DeviceType.CPU || dtype is ScalarType.BFloat16 or ScalarType.Float16 ? there : there.contiguous()).MoveToOuterDisposeScope();
    }

    /// <summary>Takes the labels of a batch, in the order of its images.</summary>
    /// <param name="batchSize">How many; from 1 to <see cref="Count"/>.</param>
    /// <param name="device">The device; the CPU where null.</param>
    /// <returns>Class indices <c>[batchSize]</c>, int64; null where the images have no labels. The caller disposes them.</returns>
    /// <inheritdoc cref="Take" path="/exception"/>
    public Tensor? TakeLabels(int batchSize, Device? device = null)
    {
        long[] all = new long[CheckedSize(batchSize)];
        if (!HasLabels)
        {
            return null;
        }

        int[]? selection = SelectionOf(batchSize);
        if (selection is null)
        {
            ReadLabels(0, all);
        }

        for (int image = 0; image < batchSize && selection is not null; image++)
        {
            ReadLabels(selection[image], all.AsSpan(image, 1));
        }

        TorchRuntime.EnsureLoaded();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable normal = inference_mode(false);
        return tensor(all, device: device ?? CPU).MoveToOuterDisposeScope();
    }

    /// <summary>Computes a fingerprint of the images: SHA-256 over shape, classes, normalised values and labels.</summary>
    /// <param name="batchSize">How many images are used; only these count.</param>
    /// <returns>32 hexadecimal digits in lower case, the same on every machine and for every precision.</returns>
    /// <inheritdoc cref="Take" path="/exception"/>
    public string Fingerprint(int batchSize)
    {
        long[] all = new long[CheckedSize(batchSize)];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{batchSize}x{Shape.InputText}/{Shape.Classes}/{(HasLabels ? "labelled" : "unlabelled")}\n")));
        ReadBlocks(batchSize, (first, pixels, labels) =>
        {
            Append(hash, MemoryMarshal.Cast<double, long>(pixels));
            labels.CopyTo(all, first);
        });
        Append(hash, HasLabels ? all : []);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..FingerprintDigits];
    }

    /// <summary>Says what the images of a batch are, for people.</summary>
    /// <param name="batchSize">How many there are.</param>
    /// <returns>The description, and how they were drawn where they are not the first ones.</returns>
    internal string Describe(int batchSize) => SelectionOf(CheckedSize(batchSize)) is null ? Description : string.Create(
        CultureInfo.InvariantCulture, $"{Description}; {batchSize:N0} of them spread over the classes, as the first {batchSize:N0} are not");

    /// <summary>Looks at a batch, and at what speaks against it.</summary>
    /// <param name="batchSize">How many images there are.</param>
    internal BatchStatistics StatisticsOf(int batchSize)
    {
        var statistics = new BatchStatistics();
        ReadBlocks(CheckedSize(batchSize), (_, pixels, labels) =>
        {
            int imageSize = pixels.Length / labels.Length;
            for (int image = 0; image < labels.Length; image++)
            {
                statistics.Add(pixels.AsSpan(image * imageSize, imageSize), Shape.Channels, labels[image]);
            }
        });
        return statistics;
    }

    /// <summary>Reads images.</summary>
    /// <param name="first">The place of the first of them.</param>
    /// <param name="pixels">To be filled with normalised values, <c>[N, H, W, C]</c>.</param>
    /// <param name="labels">To be filled with class indices, <c>[N]</c>, if <see cref="HasLabels"/>.</param>
    private protected abstract void Read(int first, Span<double> pixels, Span<long> labels);

    /// <summary>Reads labels alone, if <see cref="HasLabels"/>.</summary>
    /// <param name="first">The place of the first of them.</param>
    /// <param name="labels">To be filled with class indices, <c>[N]</c>.</param>
    private protected abstract void ReadLabels(int first, Span<long> labels);

    /// <summary>Reads one image for images that are made of these.</summary>
    internal void ReadOne(int place, Span<double> pixels, Span<long> label) => Read(place, pixels, label);

    /// <summary>Reads labels for images that are made of these.</summary>
    internal void ReadLabelsOnly(int first, Span<long> labels) => ReadLabels(first, labels);

    private int[]? SelectionOf(int batchSize) => !HasLabels || batchSize < BatchSelection.LeastImages || batchSize == Count
        ? null
        : _selections.GetOrAdd(batchSize, size => BatchSelection.Of(LabelsOf(size), Shape.Classes, () => LabelsOf(Count)));

    private long[] LabelsOf(int count)
    {
        long[] labels = new long[count];
        ReadLabels(0, labels);
        return labels;
    }

    private int CheckedSize(int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return batchSize <= Count ? batchSize : throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture,
            $"A batch of {batchSize} images was asked for, but there are only {Count} ({Description}): give more images or a smaller batch size."));
    }

    private void ReadBlocks(int count, Action<int, double[], long[]> take)
    {
        int imageSize = checked(Shape.Channels * Shape.Height * Shape.Width);
        int blockSize = Math.Clamp(BlockValues / imageSize, 1, LargestBlock);
        int[]? selection = SelectionOf(count);
        for (int first = 0; first < count; first += blockSize)
        {
            int size = Math.Min(blockSize, count - first);
            double[] pixels = new double[checked(size * imageSize)];
            long[] labels = new long[size];
            if (selection is null)
            {
                Read(first, pixels, labels);
            }

            for (int image = 0; image < size && selection is not null; image++)
            {
                Read(selection[first + image], pixels.AsSpan(image * imageSize, imageSize), labels.AsSpan(image, 1));
            }

            take(first, pixels, labels);
        }
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<long> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            hash.AppendData(MemoryMarshal.AsBytes(values));
            return;
        }

        long[] swapped = new long[values.Length];
        BinaryPrimitives.ReverseEndianness(values, swapped);
        hash.AppendData(MemoryMarshal.AsBytes<long>(swapped));
    }
}
