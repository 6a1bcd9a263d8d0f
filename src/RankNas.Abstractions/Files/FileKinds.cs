using System.Runtime.InteropServices;
using System.Text;

namespace RankNas.Files;

/// <summary>Finds out what a path leads to without opening it.</summary>
internal static class FileKinds
{
    // The file type's bits of st_mode, the same on every Unix.
    private const int TypeMask = 0xF000;

    // The runtime's FileStatus is about 120 bytes, and has the mode after four bytes of flags.
    private const int StatusBytes = 512;
    private const int ModeOffset = 4;

    /// <summary>Tells what is at a path.</summary>
    public static FileKind Of(string path)
    {
        if (Directory.Exists(path))
        {
            return FileKind.Folder;
        }

        if (!File.Exists(path))
        {
            return FileKind.None;
        }

        return OperatingSystem.IsWindows() ? FileKind.File : IsOfTheKernel(path) ? FileKind.Device : OfMode(ModeOf(path));
    }

    /// <summary>Names a kind, as in "it is …".</summary>
    public static string Name(FileKind kind) => kind switch
    {
        FileKind.Folder => "a folder",
        FileKind.Pipe => "a pipe",
        FileKind.Socket => "a socket",
        FileKind.Device => "a device",
        _ => "a file",
    };

    // Files in name alone: they have no length, and reading some of them waits for what may never come.
    private static bool IsOfTheKernel(string path) =>
        OperatingSystem.IsLinux() && SymbolicLinks.Follow(path)?.StartsWith("/proc/", StringComparison.Ordinal) == true && ModeOf(path) is { } mode && OfMode(mode) == FileKind.File;

    private static FileKind OfMode(int? mode) => (mode & TypeMask) switch
    {
        0x1000 => FileKind.Pipe,
        0x2000 or 0x6000 => FileKind.Device,
        0x4000 => FileKind.Folder,
        0xC000 => FileKind.Socket,
        _ => FileKind.File,
    };

    // .NET has no API for it. Its own native half has, on every Unix alike; where that changes, everything counts as a file.
    private static int? ModeOf(string path)
    {
        byte[] status = new byte[StatusBytes];
        try
        {
            return Stat(Encoding.UTF8.GetBytes($"{path}\0"), status) == 0 ? BitConverter.ToInt32(status, ModeOffset) : null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat(byte[] path, [Out] byte[] status);
}
