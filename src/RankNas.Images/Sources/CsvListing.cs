using RankNas.Images.Decoding;

namespace RankNas.Images.Sources;

/// <summary>Reads a list of pictures and their classes.</summary>
internal sealed class CsvListing(PictureOptions options)
{
    private const char Tab = '\t';

    private static readonly ImmutableArray<string> PathNames =
        ["path", "file", "filename", "file_name", "filepath", "file_path", "image", "image_path", "image_name", "picture", "photo"];

    private static readonly ImmutableArray<string> LabelNames = ["label", "labels", "class", "class_name", "classname", "category", "target"];

    /// <summary>Reads a list.</summary>
    /// <param name="content">The bytes of the file, in UTF-8.</param>
    /// <param name="source">The name of the file.</param>
    /// <param name="find">Finds the file of a path in the list.</param>
    /// <exception cref="InvalidDataException">It is no such list.</exception>
    public PictureListing Read(byte[] content, string source, Func<string, FoundFile> find)
    {
        string shown = ShownText.Of(source, ShownText.LineLength);
        List<(string Path, string Label)> rows;
        try
        {
            rows = ReadRows(content, shown);
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"'{shown}', {exception.Message}.", exception);
        }

        if (rows.Count == 0)
        {
            throw new InvalidDataException($"'{shown}' lists no pictures: it has a row for each, with its path and its label.");
        }

        return new PictureListing
        {
            Source = source,
            ClassNames = [.. Ordered([.. rows.Select(row => row.Label).Distinct()])],
            Entries = [.. rows.Select(row => new PictureEntry(find(row.Path), row.Label))],
        };
    }

    private List<(string Path, string Label)> ReadRows(byte[] content, string shown)
    {
        using var text = TextInput.Of(new MemoryStream(content, writable: false));
        var csv = new CsvRows(text, SeparatorOf(content));
        (int path, int label, bool hasHeader) = ColumnsOf(csv.Header, shown);
        var rows = new List<(string Path, string Label)>();
        if (!hasHeader)
        {
            Add(csv.Header[path], csv.Header[label]);
        }

        while (csv.Read())
        {
            Add(csv[path], csv[label]);
        }

        return rows;

        void Add(string pathField, string labelField)
        {
            (string file, string name) = (pathField.Trim(), labelField.Trim());
            if (file.Length == 0 || name.Length == 0)
            {
                throw csv.Refuse(file.Length == 0 ? "the path of the picture is empty" : "the label is empty: leave out pictures without one");
            }

            rows.Add((file.Replace('\\', '/'), name));
        }
    }

    private (int Path, int Label, bool HasHeader) ColumnsOf(IReadOnlyList<string> header, string shown)
    {
        int path = Find(header, options.PathColumn is { } named ? [named] : PathNames);
        int label = Find(header, options.LabelColumn is { } namedLabel ? [namedLabel] : LabelNames);
        if (path >= 0 && label >= 0)
        {
            return (path, label, true);
        }

        bool isNamed = options.PathColumn is not null || options.LabelColumn is not null;
        return !isNamed && header.Count == 2 && PictureFormats.IsRead(header[0])
            ? (0, 1, false)
            : throw new InvalidDataException(
                $"'{shown}' has the columns {ShownText.Of(string.Join(", ", header), ShownText.LineLength)}, none of them {(path < 0 ? $"of paths ({options.PathColumn ?? "path"})" : $"of labels ({options.LabelColumn ?? "label"})")}: name the columns path and label{(isNamed ? " or as PathColumn and LabelColumn say" : "")}.");
    }

    private static int Find(IReadOnlyList<string> header, IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            for (int column = 0; column < header.Count; column++)
            {
                if (header[column].Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return column;
                }
            }
        }

        return -1;
    }

    // Numbers in the order of numbers, so that class 10 follows class 9.
    private static IEnumerable<string> Ordered(string[] labels) =>
        labels.All(label => long.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            ? labels.OrderBy(label => long.Parse(label, CultureInfo.InvariantCulture)).ThenBy(label => label, StringComparer.Ordinal)
            : labels.Order(StringComparer.Ordinal);

    private static char SeparatorOf(byte[] content)
    {
        int end = content.AsSpan().IndexOfAny((byte)'\n', (byte)'\r');
        ReadOnlySpan<byte> line = end < 0 ? content : content.AsSpan(0, end);
        int commas = line.Count((byte)','), semicolons = line.Count((byte)';'), tabs = line.Count((byte)Tab);
        return commas >= semicolons && commas >= tabs ? ',' : semicolons >= tabs ? ';' : Tab;
    }
}
