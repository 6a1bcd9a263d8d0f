using System.Diagnostics;

namespace RankNas.Tool;

/// <summary>The files that the command is to write: what is unfinished of them goes when the process is ended at once.</summary>
/// <remarks>Files are written beside the wanted one, under its name and a random one (<see cref="Path.GetRandomFileName"/>), and then renamed.</remarks>
internal static class UnfinishedFiles
{
    private const int RandomNameLength = 12;

    private static readonly List<string> Wanted = [];

    public static void Expect(string path)
    {
        lock (Wanted)
        {
            Wanted.Add(Path.GetFullPath(path));
        }
    }

    public static void Delete()
    {
        using var self = Process.GetCurrentProcess();
        lock (Wanted)
        {
            foreach (string path in Wanted)
            {
                Delete(path, self.StartTime.ToUniversalTime());
            }
        }
    }

    private static void Delete(string path, DateTime since)
    {
        try
        {
            var folder = new DirectoryInfo(Path.GetDirectoryName(path)!);
            int length = Path.GetFileName(path).Length + 1 + RandomNameLength;
            foreach (FileInfo file in folder.EnumerateFiles($"{Path.GetFileName(path)}.????????.???").Where(file => file.Name.Length == length && file.LastWriteTimeUtc >= since))
            {
                file.Delete();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The process ends now, whatever remains.
        }
    }
}
