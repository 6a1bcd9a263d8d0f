using RankNas.Images.Decoding;

namespace RankNas.Images.Sources;

/// <summary>What is in a folder or an archive: pictures, folders, and how much else.</summary>
internal sealed class FileTree
{
    private readonly List<FoundFile> _pictures = [];
    private readonly SortedDictionary<string, int> _foreign = new(StringComparer.Ordinal);

    /// <summary>Gets the pictures, by their names.</summary>
    public IReadOnlyList<FoundFile> Pictures => _pictures;

    /// <summary>Gets the folders' paths, with <c>/</c> between them.</summary>
    public SortedSet<string> Folders { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the paths of CSV files.</summary>
    public SortedSet<string> Lists { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets how many files are hidden or no pictures.</summary>
    public int Ignored { get; private set; }

    /// <summary>Gets what a person should know.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>Whether a name is hidden: files of the system, of editors, and the doubles that macOS puts into archives.</summary>
    public static bool IsHidden(string name) => name.StartsWith('.') || name is "__MACOSX" or "@eaDir";

    /// <summary>Takes a file.</summary>
    public void Add(FoundFile file)
    {
        string extension = Path.GetExtension(file.Name).ToLowerInvariant();
        if (PictureFormats.IsRead(file.Name))
        {
            _pictures.Add(file);
            return;
        }

        Ignored++;
        if (PictureFormats.IsForeign(file.Name))
        {
            _foreign[extension] = _foreign.GetValueOrDefault(extension) + 1;
        }

        if (extension is ".csv" or ".tsv")
        {
            Lists.Add(file.Name);
        }
    }

    /// <summary>Counts a file that is hidden.</summary>
    public void Ignore() => Ignored++;

    /// <summary>Says which pictures are of formats that are not read; null where there are none.</summary>
    public string? Foreign() => _foreign.Count == 0 ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"{string.Join(" and ", _foreign.Select(format => string.Create(CultureInfo.InvariantCulture, $"{format.Value:N0} {format.Key} files")))} are not read: convert them to PNG or JPEG");

    /// <summary>Gets the tree below a folder of it, with the same notices.</summary>
    public FileTree Below(string folder)
    {
        string prefix = $"{folder}/";
        var below = new FileTree { Ignored = Ignored };
        below._pictures.AddRange(_pictures.Where(file => file.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(file => file with { Name = file.Name[prefix.Length..] }));
        below.Folders.UnionWith(Folders.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..]));
        below.Notices.AddRange(Notices);
        foreach ((string extension, int count) in _foreign)
        {
            below._foreign[extension] = count;
        }

        return below;
    }
}
