namespace RankNas.Images.Sources;

/// <summary>Finds the path of a folder without symbolic links in it.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>Follows every link of a path; null where they go in a circle or lead nowhere.</summary>
    public static string? Of(string path)
    {
        int links = 0;
        return Follow(Path.GetFullPath(path), ref links);
    }

    private static string? Follow(string path, ref int links)
    {
        string root = Path.GetPathRoot(path) ?? "/", real = root;
        foreach (string part in path[root.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries))
        {
            string next = Path.Combine(real, part);
            if (new DirectoryInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks || Follow(Path.GetFullPath(target, real), ref links) is not { } followed)
            {
                return null;
            }

            real = followed;
        }

        return real;
    }
}
