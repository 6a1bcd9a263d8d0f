using System.Buffers.Binary;
using RankNas.Files;

namespace RankNas.Images;

/// <summary>Reads the IDX layout of MNIST: four bytes that say the type and the number of dimensions, the dimensions as big-endian 32-bit integers, the values.</summary>
internal static class IdxFiles
{
    private const byte UnsignedBytes = 8;
    private const int LeastClasses = 10;
    private const long MostBytes = 2L << 30;

    private static readonly ImmutableArray<string> TrainingNames =
        ["train-images-idx3-ubyte", "train-images-idx3-ubyte.gz", "train-images.idx3-ubyte", "train-images.idx3-ubyte.gz"];

    /// <summary>Finds the images of a path: the file itself, or the training images of a folder; null where there are none.</summary>
    public static string? Find(string fileOrFolder)
    {
        if (!Directory.Exists(fileOrFolder))
        {
            string name = Path.GetFileName(fileOrFolder);
            return File.Exists(fileOrFolder) && name.Contains("idx3", StringComparison.OrdinalIgnoreCase) ? fileOrFolder : null;
        }

        string[] folders = [fileOrFolder, Path.Combine(fileOrFolder, "raw"), Path.Combine(fileOrFolder, "MNIST", "raw")];
        return folders.SelectMany(folder => TrainingNames.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    /// <summary>Reads images and their labels.</summary>
    public static LabelledImages Read(string imagesFile, string? labelsFile)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(imagesFile);
        (byte[] pixels, int[] sizes) = ReadValues(imagesFile, "a file of images in IDX layout, such as train-images-idx3-ubyte");
        if (sizes.Length is not (3 or 4) || (sizes.Length == 4 && sizes[3] is not (1 or 3)))
        {
            throw new InvalidDataException($"'{Shown(imagesFile)}' has the dimensions {string.Join('x', sizes)}: images in IDX layout have [N, H, W] or [N, H, W, 3]. Are the files of images and of labels exchanged?");
        }

        string labelsPath = labelsFile ?? LabelsBeside(imagesFile);
        (byte[] labels, int[] labelSizes) = ReadValues(labelsPath, "a file of labels in IDX layout, such as train-labels-idx1-ubyte");
        if (labelSizes.Length != 1)
        {
            throw new InvalidDataException($"'{Shown(labelsPath)}' has the dimensions {string.Join('x', labelSizes)}: labels in IDX layout have one, [N].");
        }

        if (labels.Length != sizes[0] || labels.Length == 0)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{Shown(imagesFile)}' has {sizes[0]} images and '{Shown(labelsPath)}' {labels.Length} labels: name two files that belong together."));
        }

        NetworkShape shape;
        try
        {
            shape = new NetworkShape
            {
                Classes = Math.Max(LeastClasses, labels.Max() + 1),
                Channels = sizes.Length == 4 ? sizes[3] : 1,
                Height = sizes[1],
                Width = sizes[2],
            };
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new InvalidDataException($"'{Shown(imagesFile)}' has images of {sizes[1]}x{sizes[2]}: {exception.Message}", exception);
        }

        return LabelledImages.FromPixels(
            pixels, labels.Select(label => (int)label), shape,
            description: string.Create(CultureInfo.InvariantCulture, $"{labels.Length:N0} images from {Path.GetFileName(imagesFile)}"));
    }

    private static string LabelsBeside(string imagesFile)
    {
        string name = Path.GetFileName(imagesFile);
        string labels = name.Replace("images", "labels", StringComparison.OrdinalIgnoreCase).Replace("idx3", "idx1", StringComparison.OrdinalIgnoreCase);
        string path = Path.Combine(Path.GetDirectoryName(imagesFile) ?? "", labels);
        string other = labels.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : $"{path}.gz";
        return File.Exists(path) && labels != name ? path : File.Exists(other) && labels != name ? other : throw new FileNotFoundException(
            $"There is no file '{Shown(path)}' of the labels of '{Shown(name)}': name the file of the labels.", path);
    }

    private static (byte[] Values, int[] Sizes) ReadValues(string path, string wanted)
    {
        using FileStream file = InputFile.Open(path, wanted);
        using Stream stream = GzipInput.IsGzip(file) ? new GzipInput(file, MostBytes) : file;
        try
        {
            return ReadValues(stream, path);
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException($"'{Shown(path)}' is cut short: fetch it again.", exception);
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"'{Shown(path)}' cannot be read: {exception.Message}. Fetch it again.", exception);
        }
    }

    private static (byte[] Values, int[] Sizes) ReadValues(Stream stream, string path)
    {
        Span<byte> number = stackalloc byte[4];
        stream.ReadExactly(number);
        if (number is not [0, 0, UnsignedBytes, >= 1 and <= 4])
        {
            throw new InvalidDataException($"'{Shown(path)}' is not in the IDX layout of MNIST with values of one byte: its first bytes are {Convert.ToHexString(number)}.");
        }

        int[] sizes = new int[number[3]];
        long values = 1;
        foreach (ref int size in sizes.AsSpan())
        {
            stream.ReadExactly(number);
            size = BinaryPrimitives.ReadInt32BigEndian(number);
            values = size < 0 || (size > 0 && values > Array.MaxLength / size)
                ? throw new InvalidDataException($"'{Shown(path)}' says that it has more than 2 GB of values: it is damaged or something else.")
                : values * size;
        }

        byte[] read = ReadGrowing(stream, (int)values);
        return stream.ReadByte() < 0
            ? (read, sizes)
            : throw new InvalidDataException($"'{Shown(path)}' is longer than its dimensions {string.Join('x', sizes)} say: it is damaged or something else.");
    }

    // A file that promises more than it has does not cost that memory.
    private static byte[] ReadGrowing(Stream stream, int count)
    {
        byte[] values = new byte[Math.Min(count, 1 << 24)];
        for (int filled = 0; filled < count; filled = values.Length)
        {
            if (filled > 0)
            {
                Array.Resize(ref values, (int)Math.Min(count, 2L * filled));
            }

            stream.ReadExactly(values.AsSpan(filled));
        }

        return values;
    }

    private static string Shown(string path) => ShownText.Of(path, ShownText.LineLength);
}
