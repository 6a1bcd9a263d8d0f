using RankNas.Files;

namespace RankNas.Images;

/// <summary>CIFAR images in binary files, of which only the records in use are read.</summary>
internal sealed class CifarImages : ProbeImages
{
    private const int ImageSize = CifarFormat.Channels * CifarFormat.Plane;

    private readonly CifarFormat _format;
    private readonly IReadOnlyList<CifarFile> _files;
    private readonly double[] _normalized;

    private CifarImages(CifarFormat format, IReadOnlyList<CifarFile> files, int count, string source)
        : base(
            string.Create(CultureInfo.InvariantCulture, $"{format.Name}, {count:N0} images from {NameOf(source)}"),
            new NetworkShape { Classes = format.Classes, Channels = CifarFormat.Channels, Height = CifarFormat.Side, Width = CifarFormat.Side },
            count)
    {
        _format = format;
        _files = files;
        _normalized = format.NormalizedValues();
    }

    public override ImageNormalization Normalization => _format.Normalization;

    /// <summary>Checks the files' sizes, and reads none of them.</summary>
    public static CifarImages Open(CifarFormat format, IReadOnlyList<string> paths, string source)
    {
        List<CifarFile> files = [.. paths.Select(path => new CifarFile(path, CountRecords(format, path)))];
        long count = files.Sum(file => file.Records);
        return count <= int.MaxValue
            ? new CifarImages(format, files, (int)count, source)
            : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"'{source}' has {count} images, and {int.MaxValue} are the most: name one of its files."));
    }

    /// <summary>Reads all images as they are in the files.</summary>
    /// <returns>Pixels <c>[N, H, W, C]</c> and labels <c>[N]</c>.</returns>
    public (byte[] Pixels, int[] Labels) ReadAll()
    {
        if ((long)Count * ImageSize > Array.MaxLength)
        {
            throw new InvalidDataException($"{Description} are more than fit into memory at once, 2 GB: name one of the files.");
        }

        (byte[] pixels, int[] labels, byte[] record) = (new byte[Count * ImageSize], new int[Count], new byte[_format.RecordSize]);
        int image = 0;
        foreach (CifarFile file in _files)
        {
            using FileStream stream = Open(file, _format);
            using var buffered = new BufferedStream(stream, 1 << 20);
            for (long index = 0; index < file.Records; index++, image++)
            {
                ReadRecord(buffered, file.Path, record);
                labels[image] = LabelOf(record, file.Path, index);
                Interleave(record.AsSpan(_format.LabelClasses.Length), pixels.AsSpan(image * ImageSize, ImageSize));
            }
        }

        return (pixels, labels);
    }

    private protected override void Read(int first, Span<double> pixels, Span<long> labels) => Read(first, pixels, labels, new byte[_format.RecordSize]);

    private protected override void ReadLabels(int first, Span<long> labels) => Read(first, [], labels, new byte[_format.LabelClasses.Length]);

    // Where only labels are wanted, only the first bytes of each record are read.
    private void Read(int first, Span<double> pixels, Span<long> labels, byte[] record)
    {
        long skipped = first;
        int image = 0;
        foreach (CifarFile file in _files)
        {
            long start = Math.Min(file.Records, skipped);
            long end = Math.Min(file.Records, start + labels.Length - image);
            skipped -= start;
            if (start == end)
            {
                continue;
            }

            using FileStream stream = Open(file, _format);
            for (long index = start; index < end; index++, image++)
            {
                stream.Position = index * _format.RecordSize;
                ReadRecord(stream, file.Path, record);
                labels[image] = LabelOf(record, file.Path, index);
                if (!pixels.IsEmpty)
                {
                    Normalize(record.AsSpan(_format.LabelClasses.Length), pixels.Slice(image * ImageSize, ImageSize));
                }
            }
        }
    }

    private static long CountRecords(CifarFormat format, string path)
    {
        long size = CifarFiles.SizeOf(path);
        if (size == 0)
        {
            throw new InvalidDataException($"'{path}' is empty: {format.Name} has {format.RecordSize} bytes for each image.");
        }

        return size % format.RecordSize == 0 ? size / format.RecordSize : throw WrongSize(format, path, size);
    }

    private static InvalidDataException WrongSize(CifarFormat format, string path, long size)
    {
        (int one, int two) = (CifarFormat.Cifar10.RecordSize, CifarFormat.Cifar100.RecordSize);
        string advice = size % (format.RecordSize == one ? two : one) != 0
            ? "it is cut short or something else, so fetch it again."
            : format.RecordSize == one
                ? "it looks like CIFAR-100 with two label bytes, so use FromCifar100."
                : "it looks like CIFAR-10, so use FromCifar10, or like CIFAR-100 with one label byte, so say Cifar100Labels.FineOnly.";
        return new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture,
            $"'{path}' has {size} bytes, which is no multiple of the {format.RecordSize} that {format.Name} has for each image: {advice}"));
    }

    private static FileStream Open(CifarFile file, CifarFormat format)
    {
        FileStream stream = OpenAgain(file.Path);
        if (stream.Length == file.Records * format.RecordSize)
        {
            return stream;
        }

        using (stream)
        {
            string change = stream.Length < file.Records * format.RecordSize ? "shorter" : "longer";
            throw new InvalidDataException($"'{file.Path}' has become {change} since it was opened: leave the images in place while they are used.");
        }
    }

    private static FileStream OpenAgain(string path)
    {
        try
        {
            return InputFile.Open(path, "a CIFAR binary file");
        }
        catch (IOException exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException($"'{path}' is no longer there: leave the images in place while they are used.", path, exception);
        }
    }

    private static void ReadRecord(Stream stream, string path, byte[] record)
    {
        try
        {
            stream.ReadExactly(record);
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException($"'{path}' has become shorter since it was opened: leave the images in place while they are used.", exception);
        }
    }

    private static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));

    private byte LabelOf(ReadOnlySpan<byte> record, string path, long index)
    {
        for (int position = 0; position < _format.LabelClasses.Length; position++)
        {
            if (record[position] >= _format.LabelClasses[position])
            {
                string advice = _format == CifarFormat.Cifar10 ? "; CIFAR-100 is read by FromCifar100, and by FromFile where 'cifar100' is in the file's name" : "";
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Image {index} of '{path}' has the label {record[position]}, but {_format.Name} has 0 to {_format.LabelClasses[position] - 1} there: this is not a {_format.Name} binary file{advice}."));
            }
        }

        return record[_format.LabelClasses.Length - 1];
    }

    private static void Interleave(ReadOnlySpan<byte> planes, Span<byte> pixels)
    {
        for (int channel = 0; channel < CifarFormat.Channels; channel++)
        {
            ReadOnlySpan<byte> plane = planes.Slice(channel * CifarFormat.Plane, CifarFormat.Plane);
            for (int pixel = 0; pixel < plane.Length; pixel++)
            {
                pixels[pixel * CifarFormat.Channels + channel] = plane[pixel];
            }
        }
    }

    // From [C, H, W] in bytes to [H, W, C].
    private void Normalize(ReadOnlySpan<byte> planes, Span<double> pixels)
    {
        for (int channel = 0; channel < CifarFormat.Channels; channel++)
        {
            ReadOnlySpan<double> values = _normalized.AsSpan(channel * 256, 256);
            ReadOnlySpan<byte> plane = planes.Slice(channel * CifarFormat.Plane, CifarFormat.Plane);
            for (int pixel = 0; pixel < plane.Length; pixel++)
            {
                pixels[pixel * CifarFormat.Channels + channel] = values[plane[pixel]];
            }
        }
    }

    private sealed record CifarFile(string Path, long Records);
}
