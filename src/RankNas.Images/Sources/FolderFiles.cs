using RankNas.Images.Decoding;

namespace RankNas.Images.Sources;

/// <summary>The files of a folder. Symbolic links are followed, each folder once on the way down.</summary>
internal sealed class FolderFiles(string root) : IPictureFiles
{
    private const int MostLevels = 100;

    /// <summary>Lists what is below the folder.</summary>
    public FileTree List(CancellationToken cancellationToken)
    {
        var tree = new FileTree();
        List(tree, new DirectoryInfo(root), "", [RealPath.Of(root) ?? Path.GetFullPath(root)], cancellationToken);
        return tree;
    }

    /// <summary>Looks a file up by a path relative to the folder, or an absolute one.</summary>
    /// <returns>The file; of length -1 where there is none.</returns>
    public FoundFile Find(string name)
    {
        try
        {
            var file = new FileInfo(Path.Combine(root, name));
            return file.Exists ? Found(file, name) : new FoundFile(name, -1, 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new FoundFile(name, -1, 0);
        }
    }

    public byte[] Read(string name, int mostBytes)
    {
        try
        {
            using FileStream file = InputFile.Open(Path.Combine(root, name), "a picture");
            if (mostBytes == PictureDecoder.MostFileBytes && file.Length > mostBytes)
            {
                throw new UnreadablePictureException(string.Create(
                    CultureInfo.InvariantCulture, $"its file has {file.Length:N0} bytes, and {mostBytes:N0} are the most"));
            }

            byte[] bytes = new byte[Math.Min(file.Length, mostBytes)];
            int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return read == bytes.Length ? bytes : bytes[..read];
        }
        catch (FileNotFoundException exception)
        {
            throw new UnreadablePictureException("there is no such file", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnreadablePictureException("it may not be read by this user", exception);
        }
        catch (InvalidDataException exception)
        {
            throw new UnreadablePictureException("it is no file", exception);
        }
        catch (IOException exception)
        {
            throw new UnreadablePictureException($"it cannot be read ({ShownText.OneLine(exception.Message, ShownText.LineLength)})", exception);
        }
    }

    public void Dispose()
    {
    }

    private static void List(FileTree tree, DirectoryInfo folder, string prefix, ImmutableList<string> above, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (FileSystemInfo item in Contents(folder))
        {
            string name = prefix + item.Name;
            if (FileTree.IsHidden(item.Name) || (OperatingSystem.IsWindows() && item.Attributes.HasFlag(FileAttributes.Hidden)))
            {
                tree.Ignore();
                continue;
            }

            if (item is not DirectoryInfo below)
            {
                tree.Add(Found((FileInfo)item, name));
                continue;
            }

            // Only a link leads back: the others are where they are.
            string? real = item.LinkTarget is null ? Path.Combine(above[^1], item.Name) : RealPath.Of(item.FullName);
            if (real is null || above.Count == MostLevels || above.Contains(real))
            {
                tree.Notices.Add($"'{ShownText.Of(name, ShownText.LineLength)}' leads back to a folder that it is in, and is not followed.");
                continue;
            }

            tree.Folders.Add(name);
            List(tree, below, $"{name}/", above.Add(real), cancellationToken);
        }
    }

    private static FileSystemInfo[] Contents(DirectoryInfo folder)
    {
        try
        {
            return [.. folder.EnumerateFileSystemInfos().OrderBy(item => item.Name, StringComparer.Ordinal)];
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException($"The folder '{ShownText.Of(folder.FullName, ShownText.LineLength)}' may not be read: give this user the right to read it.", exception);
        }
    }

    private static FoundFile Found(FileInfo file, string name)
    {
        FileInfo target = file.LinkTarget is not null && SymbolicLinks.Follow(file.FullName) is { } followed ? new FileInfo(followed) : file;
        return target.Exists ? new FoundFile(name, target.Length, target.LastWriteTimeUtc.Ticks) : new FoundFile(name, -1, 0);
    }
}
