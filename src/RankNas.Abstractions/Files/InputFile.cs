namespace RankNas.Files;

/// <summary>Opens files to read, and nothing else: a pipe would wait for its other end, and a device may never end.</summary>
internal static class InputFile
{
    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">What should be named, as in "name a safetensors file".</param>
    /// <param name="maxBytes">How long it may be.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no file, or too long.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream Open(string path, string wanted, long maxBytes = long.MaxValue)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string shown = ShownText.Of(path, ShownText.LineLength);
        FileStream file = FileKinds.Of(path) switch
        {
            FileKind.None => throw new FileNotFoundException($"There is no file '{shown}': name {wanted}.", path),
            FileKind.File => OpenFile(path, shown, wanted),
            FileKind kind => throw new InvalidDataException($"'{shown}' is {FileKinds.Name(kind)}, not a file: name {wanted}."),
        };
        if (file.Length <= maxBytes)
        {
            return file;
        }

        using (file)
        {
            throw new InvalidDataException(FormattableString.Invariant($"'{shown}' has {file.Length:N0} bytes, and {maxBytes:N0} are the most: name {wanted}."));
        }
    }

    private static FileStream OpenFile(string path, string shown, string wanted)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException($"'{shown}' may not be read: give this user the right to read it, or copy it to where it is.", exception);
        }
        catch (IOException) when (SymbolicLinks.Follow(path) is var target && !File.Exists(target))
        {
            throw new FileNotFoundException($"'{shown}' is a symbolic link that leads nowhere: name {wanted}.", path);
        }
    }
}
