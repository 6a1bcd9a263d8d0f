using System.Diagnostics;

namespace RankNas.Tests;

/// <summary>A disk of one megabyte, in memory.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <summary>Mounts the disk, or skips the test where that is not allowed.</summary>
    public static SmallDisk MountOrSkip()
    {
        string path = Directory.CreateTempSubdirectory("ranknas-disk-").FullName;
        bool isMounted = OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", path);
        if (!isMounted)
        {
            Directory.Delete(path);
            Assert.Skip("A small disk can be mounted by root on Linux only.");
        }

        return new SmallDisk(path);
    }

    /// <summary>Copies a store with its log to where there is room.</summary>
    public string Copy(string file, TempFolder folder)
    {
        foreach (string part in Directory.GetFiles(Path))
        {
            File.Copy(part, folder.File(System.IO.Path.GetFileName(part)));
        }

        return folder.File(System.IO.Path.GetFileName(file));
    }

    public void Dispose()
    {
        Run("umount", "-l", Path);
        Directory.Delete(Path);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
