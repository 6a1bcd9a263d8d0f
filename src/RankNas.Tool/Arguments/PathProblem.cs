using System.Security;
using RankNas.Files;

namespace RankNas.Tool.Arguments;

/// <summary>Why a path does not serve.</summary>
internal static class PathProblem
{
    /// <summary>Finds what is wrong with a path; null where nothing is. Empty ones, which no option may be, are none of its business.</summary>
    public static string? Of(string path, PathUse use)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Any(char.IsControl))
        {
            return null;
        }

        try
        {
            return use switch
            {
                PathUse.Input => IsFolder(path) ?? IsNoFile(path) ?? Missing(path, "file"),
                PathUse.InputOrFolder => Directory.Exists(path) ? null : IsNoFile(path) ?? Missing(path, "file or folder"),
                _ => IsFolder(path) ?? IsNoFile(path) ?? CannotBeWritten(path),
            };
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or NotSupportedException or UnauthorizedAccessException or SecurityException)
        {
            return $"'{path}' cannot be used ({exception.Message.TrimEnd('.')})";
        }
    }

    private static string? IsFolder(string path) =>
        Directory.Exists(path) || Path.EndsInDirectorySeparator(path) ? $"'{path}' is a folder, and no file" : null;

    private static string? IsNoFile(string path) => FileKinds.Of(path) is var kind and not (FileKind.None or FileKind.File) || IsNewDevice(path, out kind)
        ? $"'{path}' is {FileKinds.Name(kind)}, and no file"
        : null;

    // Nobody means to put a file among the devices: the name of one is misspelt.
    private static bool IsNewDevice(string path, out FileKind kind)
    {
        kind = FileKind.Device;
        return !OperatingSystem.IsWindows() && !File.Exists(path) && Path.GetDirectoryName(Path.GetFullPath(path)) == "/dev";
    }

    private static string? Missing(string path, string wanted) =>
        !File.Exists(path) ? $"there is no {wanted} '{path}'" : File.Exists(SymbolicLinks.Follow(path)) ? null : LeadsNowhere(path);

    private static string LeadsNowhere(string path) => $"'{path}' is a symbolic link that leads nowhere";

    private static string? CannotBeWritten(string path) =>
        SymbolicLinks.Follow(path) is { } target ? MissingFolder(target) ?? HasTooLongAName(target) ?? NotWritable(path, target) : LeadsNowhere(path);

    private static string? MissingFolder(string target)
    {
        string? folder = Path.GetDirectoryName(target);
        return folder is null || Directory.Exists(folder) ? null : $"there is no folder '{folder}'";
    }

    // The system knows what its names can be, and says so where it looks one up.
    private static string? HasTooLongAName(string target)
    {
        try
        {
            _ = File.GetAttributes(target);
            return null;
        }
        catch (PathTooLongException)
        {
            return $"'{ShownText.Of(Path.GetFileName(target))}' is too long a name";
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    // Files are written beside the wanted one and renamed, and a store has files of its own beside it: so the folder has to take them, too.
    private static string? NotWritable(string path, string target)
    {
        if (File.Exists(target) && !MayBeOpened(target))
        {
            return $"'{path}' may not be written";
        }

        string folder = Path.GetDirectoryName(target)!;
        string name = Path.Combine(folder, $".{Path.GetRandomFileName()}");
        try
        {
            new FileStream(name, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"the folder '{folder}' cannot be written ({exception.Message.TrimEnd('.')})";
        }
    }

    private static bool MayBeOpened(string target)
    {
        try
        {
            File.OpenHandle(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
