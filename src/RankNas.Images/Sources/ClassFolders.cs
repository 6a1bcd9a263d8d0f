namespace RankNas.Images.Sources;

/// <summary>Takes the folders of a tree for classes, and folders called train, val and test for parts.</summary>
internal static class ClassFolders
{
    private const int NamedAtMost = 5;

    private static readonly Dictionary<string, PicturePart> Parts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["train"] = PicturePart.Training,
        ["training"] = PicturePart.Training,
        ["val"] = PicturePart.Validation,
        ["valid"] = PicturePart.Validation,
        ["validation"] = PicturePart.Validation,
        ["test"] = PicturePart.Test,
        ["testing"] = PicturePart.Test,
    };

    /// <summary>Lists the pictures of a folder or an archive.</summary>
    /// <param name="tree">What is in it.</param>
    /// <param name="source">What it is called.</param>
    /// <exception cref="InvalidDataException">There are no pictures in folders.</exception>
    public static PictureListing Arrange(FileTree tree, string source)
    {
        string shown = ShownText.Of(source, ShownText.LineLength);
        (FileTree inner, string prefix) = Unwrap(tree);
        if (inner.Pictures.Count == 0)
        {
            throw new InvalidDataException(
                $"There are no pictures in '{shown}' (PNG, JPEG, WebP, BMP or GIF){(tree.Foreign() is { } foreign ? $"; {foreign}" : "")}: name a folder that has a folder of pictures for each class.");
        }

        int loose = inner.Pictures.Count(file => file.Top.Length == 0);
        if (loose == inner.Pictures.Count)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{shown}' has {loose:N0} pictures, but no folders of classes: put the pictures of each class into a folder of its own, such as '{Path.GetFileName(shown)}/cats' and '{Path.GetFileName(shown)}/dogs', or list them in a CSV file with the columns path and label."));
        }

        List<string> notices = [.. tree.Notices];
        if (prefix.Length > 0)
        {
            notices.Add($"The classes are the folders in '{ShownText.Of(prefix, ShownText.LineLength)}', the only folder with pictures.");
        }

        if (tree.Foreign() is { } notRead)
        {
            notices.Add($"{notRead}.");
        }

        if (loose > 0)
        {
            notices.Add(string.Create(CultureInfo.InvariantCulture, $"{loose:N0} pictures lie beside the folders of classes, have no class and are ignored."));
        }

        Dictionary<string, PicturePart>? parts = PartsOf(inner, notices);
        PictureListing listing = parts is null ? OfClasses(inner) : OfParts(inner, parts, shown, notices);
        return listing with
        {
            Source = source,
            Entries = [.. listing.Entries.Select(entry => entry with { File = entry.File with { Name = prefix + entry.File.Name } })],
            IgnoredFiles = tree.Ignored,
            Notices = [.. notices],
        };
    }

    // A folder that only wraps the folders of classes, as archives often have one.
    private static (FileTree Tree, string Prefix) Unwrap(FileTree tree)
    {
        string prefix = "";
        while (tree.Pictures.Count > 0 && tree.Pictures[0].Top is { Length: > 0 } top && tree.Pictures.All(file => file.Top == top) && !Parts.ContainsKey(top))
        {
            FileTree below = tree.Below(top);
            if (below.Pictures.Any(file => file.Top.Length == 0) || below.Pictures.Select(file => file.Top).Distinct().Count() < 2)
            {
                // One folder in one folder: a class with a folder in it, or two wrappings, which only what is further down can tell.
                bool wrapsMore = !below.Pictures.Any(file => file.Top.Length == 0) && Unwrap(below).Prefix.Length > 0;
                if (!wrapsMore)
                {
                    break;
                }
            }

            prefix += $"{top}/";
            tree = below;
        }

        return (tree, prefix);
    }

    private static PictureListing OfClasses(FileTree tree)
    {
        PictureEntry[] entries = [.. tree.Pictures.Where(file => file.Top.Length > 0).Select(file => new PictureEntry(file, file.Top))];
        ImmutableArray<string> names = [.. entries.Select(entry => entry.Class).Distinct().Order(StringComparer.Ordinal)];
        return new PictureListing
        {
            Source = "",
            ClassNames = names,
            Entries = [.. entries.OrderBy(entry => entry.Class, StringComparer.Ordinal).ThenBy(entry => entry.File.Name, StringComparer.Ordinal)],
            EmptyClasses = [.. tree.Folders.Where(name => !name.Contains('/', StringComparison.Ordinal)).Except(names)],
        };
    }

    private static PictureListing OfParts(FileTree tree, Dictionary<string, PicturePart> parts, string shown, List<string> notices)
    {
        var entries = new List<PictureEntry>();
        var empty = new List<string>();
        foreach ((string folder, PicturePart part) in parts.OrderBy(pair => pair.Value))
        {
            FileTree below = tree.Below(folder);
            int loose = below.Pictures.Count(file => file.Top.Length == 0);
            if (loose > 0)
            {
                notices.Add(string.Create(CultureInfo.InvariantCulture, $"{loose:N0} pictures in '{folder}' are not in a folder of a class, and are ignored."));
            }

            PictureListing listing = OfClasses(below);
            entries.AddRange(listing.Entries.Select(entry => new PictureEntry(entry.File with { Name = $"{folder}/{entry.File.Name}" }, entry.Class, part)));
            empty.AddRange(listing.EmptyClasses.Select(name => $"{folder}/{name}"));
        }

        string[] names = [.. entries.Where(entry => entry.Part == PicturePart.Training).Select(entry => entry.Class).Distinct().Order(StringComparer.Ordinal)];
        string[] unknown = [.. entries.Select(entry => entry.Class).Distinct().Except(names).Order(StringComparer.Ordinal)];
        if (unknown.Length > 0)
        {
            PictureEntry first = entries.First(entry => entry.Class == unknown[0]);
            throw new InvalidDataException(
                $"'{ShownText.Of(first.File.Name, ShownText.LineLength)}' in '{shown}' is of the class '{ShownText.Of(unknown[0])}', which has no training pictures: the folders for training, validation and test have the same classes ({Few(names)}).");
        }

        return new PictureListing { Source = "", ClassNames = [.. names], Entries = [.. entries], EmptyClasses = [.. empty], IsDivided = true };
    }

    // Classes may be called so too: there has to be a folder for training that has folders of classes, and nothing but parts, or a second part beside it.
    private static Dictionary<string, PicturePart>? PartsOf(FileTree tree, List<string> notices)
    {
        string[] tops = [.. tree.Pictures.Select(file => file.Top).Where(top => top.Length > 0).Distinct()];
        string[] parts = [.. tops.Where(Parts.ContainsKey)];
        string? training = parts.FirstOrDefault(name => Parts[name] == PicturePart.Training);
        if (training is null || !tree.Below(training).Pictures.Any(file => file.Top.Length > 0) || (parts.Length < tops.Length && parts.Length < 2))
        {
            return null;
        }

        string[] others = [.. tops.Except(parts)];
        if (others.Length > 0)
        {
            notices.Add($"Folders beside '{training}' are ignored: {Few(others)}.");
        }

        var found = new Dictionary<string, PicturePart>(StringComparer.Ordinal);
        foreach (string part in parts.Order(StringComparer.Ordinal))
        {
            if (found.ContainsValue(Parts[part]))
            {
                string other = found.First(pair => pair.Value == Parts[part]).Key;
                throw new InvalidDataException($"There are the folders '{other}' and '{part}', which mean the same: leave one of them.");
            }

            found[part] = Parts[part];
        }

        return found;
    }

    private static string Few(string[] names) =>
        string.Join(", ", names.Take(NamedAtMost).Select(name => ShownText.Of(name))) + (names.Length > NamedAtMost ? ", …" : "");
}
