using RankNas.Images.Decoding;
using RankNas.Images.Sources;

namespace RankNas.Images.Loading;

/// <summary>Finds out what a path is, and loads its pictures.</summary>
internal sealed class PictureOpener(PictureOptions? given, bool trainingOnly, IProgress<PictureProgress>? progress, CancellationToken cancellationToken)
{
    private const int MostListBytes = 512 << 20;

    private readonly PictureOptions _options = given ?? new PictureOptions();

    /// <summary>Loads whatever it is.</summary>
    public PictureSet Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (KnownFiles.IsOne(path))
        {
            return OfKnown(path);
        }

        if (Directory.Exists(path))
        {
            return Folder(path, orList: true);
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no '{Shown(path)}': name a folder that has a folder of pictures for each class, or a CSV list or ZIP archive of such pictures.", path);
        }

        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (IsZip(path))
        {
            return Zip(path);
        }

        ForeignFiles.Refuse(path);
        return extension is ".csv" or ".tsv" or ".txt"
            ? Csv(path)
            : throw new InvalidDataException(
                $"'{Shown(path)}' is no folder, CSV list or ZIP archive of pictures{(PictureFormats.IsRead(path) ? ", but one picture: name the folder above its class's" : "")}.");
    }

    /// <summary>Loads a folder of folders of classes.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="orList">Whether pictures without folders may have their classes in a list beside them.</param>
    public PictureSet Folder(string path, bool orList = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!Directory.Exists(path))
        {
            throw File.Exists(path)
                ? new InvalidDataException($"'{Shown(path)}' is a file, not a folder: name a folder that has a folder of pictures for each class, or use FromPictures.")
                : new DirectoryNotFoundException($"There is no folder '{Shown(path)}': name a folder that has a folder of pictures for each class.");
        }

        using var files = new FolderFiles(path);
        FileTree tree = files.List(cancellationToken);
        string[] lists = [.. tree.Lists.Where(name => !name.Contains('/', StringComparison.Ordinal))];
        return orList && lists.Length == 1 && tree.Pictures.All(file => file.Top.Length == 0)
            ? Csv(Path.Combine(path, lists[0]))
            : Load(ClassFolders.Arrange(tree, path), files);
    }

    /// <summary>Loads a list.</summary>
    public PictureSet Csv(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        byte[] content;
        using (FileStream file = InputFile.Open(path, "a CSV file with the columns path and label", MostListBytes))
        {
            content = new byte[file.Length];
            file.ReadExactly(content);
        }

        using var files = new FolderFiles(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "");
        return Load(new CsvListing(_options).Read(content, path, files.Find), files);
    }

    /// <summary>Loads a ZIP archive of folders of classes, or of a list and its pictures.</summary>
    public PictureSet Zip(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using ZipFiles files = ZipFiles.Open(path);
        FileTree tree = files.List();
        return tree.Lists.Count == 1 && !HasClassFolders(tree, tree.Lists.Single())
            ? Load(OfListIn(files, tree, tree.Lists.Single(), path), files)
            : Load(ClassFolders.Arrange(tree, path), files);
    }

    // A list beside folders of classes may be anything; one beside a single folder of pictures says their classes.
    private static bool HasClassFolders(FileTree tree, string list)
    {
        string beside = FolderOf(list);
        return tree.Pictures.Select(file => FolderOf(file.Name)).Where(folder => folder != beside.TrimEnd('/')).Distinct().Count() > 1;
    }

    private static string FolderOf(string name) => name.LastIndexOf('/') is var slash and >= 0 ? name[..slash] : "";

    private PictureListing OfListIn(ZipFiles files, FileTree tree, string list, string path)
    {
        string folder = FolderOf(list);
        var known = tree.Pictures.ToDictionary(file => file.Name, StringComparer.Ordinal);
        PictureListing listing;
        try
        {
            listing = new CsvListing(_options).Read(files.Read(list, PictureDecoder.MostFileBytes), list, name => Find(folder, name));
        }
        catch (UnreadablePictureException exception)
        {
            throw new InvalidDataException($"'{Shown(list)}' in '{Shown(path)}' cannot be read: {exception.Message}.", exception);
        }

        return listing with { Source = path, IgnoredFiles = tree.Ignored - 1, Notices = [.. tree.Notices] };

        FoundFile Find(string within, string name)
        {
            var parts = new List<string>(within.Split('/', StringSplitOptions.RemoveEmptyEntries));
            foreach (string part in name.Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                if (part == ".." && parts.Count > 0)
                {
                    parts.RemoveAt(parts.Count - 1);
                }
                else if (part != ".")
                {
                    parts.Add(part);
                }
            }

            string normal = string.Join('/', parts);
            return known.GetValueOrDefault(normal) ?? new FoundFile(normal, -1, 0);
        }
    }

    private PictureSet Load(PictureListing listing, IPictureFiles files)
    {
        PictureListing wanted = trainingOnly && listing.IsDivided
            ? listing with { Entries = [.. listing.Entries.Where(entry => entry.Part == PicturePart.Training)] }
            : listing;
        return new PictureLoader(wanted, files, _options).Load(progress, cancellationToken);
    }

    private PictureSet OfKnown(string path)
    {
        LabelledImages images = LabelledImages.FromFile(path);
        Size2D own = (images.Shape.Height, images.Shape.Width);
        if ((_options.Size is { } size && size != own) || (given is not null && _options.Channels != images.Shape.Channels))
        {
            throw new ArgumentException(
                $"{images.Description} are {images.Shape.InputText}, and are read as they are: leave Size out, and set Channels to {images.Shape.Channels}.");
        }

        images = _options.Normalization is { } normalization ? images.WithNormalization(normalization) : images;
        var report = new PictureReport
        {
            Source = path,
            Read = images.Count,
            Classes = [.. images.ClassNames.Select((name, label) => new PictureClassCount(name, images.ImagesByClass[label]))],
            SmallestSize = own,
            MedianSize = own,
            LargestSize = own,
            Size = own,
        };
        return new PictureSet(images, null, report, isMeasured: false);
    }

    private static bool IsZip(string path)
    {
        if (FileKinds.Of(path) != FileKind.File)
        {
            return false;
        }

        Span<byte> magic = stackalloc byte[4];
        using FileStream file = InputFile.Open(path, "a folder, a CSV list or a ZIP archive of pictures");
        return file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length && magic is [(byte)'P', (byte)'K', 3 or 5, 4 or 6];
    }

    private static string Shown(string path) => ShownText.Of(path, ShownText.LineLength);
}
