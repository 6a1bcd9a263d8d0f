using System.Security;

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
                PathUse.Input => IsFolder(path) ?? (File.Exists(path) ? null : $"there is no file '{path}'"),
                PathUse.InputOrFolder => File.Exists(path) || Directory.Exists(path) ? null : $"there is no file or folder '{path}'",
                PathUse.Store => IsFolder(path) ?? MissingFolder(path),
                _ => IsFolder(path) ?? MissingFolder(path) ?? IsDevice(path) ?? NotWritable(path),
            };
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or NotSupportedException or UnauthorizedAccessException or SecurityException)
        {
            return $"'{path}' cannot be used ({exception.Message.TrimEnd('.')})";
        }
    }

    private static string? IsFolder(string path) =>
        Directory.Exists(path) || Path.EndsInDirectorySeparator(path) ? $"'{path}' is a folder, and no file" : null;

    private static string? MissingFolder(string path)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        return folder is null || Directory.Exists(folder) ? null : $"there is no folder '{folder}'";
    }

    private static string? IsDevice(string path) =>
        !OperatingSystem.IsWindows() && Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal) ? $"'{path}' is a device, and no file" : null;

    // Files are written beside the wanted one and renamed, so that it is the folder that has to take them.
    private static string? NotWritable(string path)
    {
        if (File.Exists(path) && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
        {
            return $"'{path}' may not be written";
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
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
}
