namespace RankNas.Files;

/// <summary>Finds the file that a chain of symbolic links leads to.</summary>
internal static class SymbolicLinks
{
    /// <summary>Gets the full path that is left at the end of the chain, which need not be there; null where the links go in a circle.</summary>
    public static string? Follow(string path)
    {
        // Of a name without a folder, .NET takes the links to be those of the root folder.
        string full = Path.GetFullPath(path);
        try
        {
            return new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
