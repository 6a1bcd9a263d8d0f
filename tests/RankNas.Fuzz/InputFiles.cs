using System.Text;

namespace RankNas.Fuzz;

/// <summary>Inputs of readers that take a path.</summary>
internal static class InputFiles
{
    private static readonly string Folder = MakeFolder();

    /// <summary>Writes a file of this name and gets its path; the next of that name takes its place.</summary>
    public static string Write(string name, ReadOnlySpan<byte> content)
    {
        // Tests of several targets may run at once.
        string path = Path.Combine(Folder, Environment.CurrentManagedThreadId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Directory.CreateDirectory(path);
        path = Path.Combine(path, name);

        // Made anew, since a file that is cut to nothing and written again is one that some disks wait for.
        File.Delete(path);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Makes bytes of texts.</summary>
    public static IReadOnlyList<byte[]> Texts(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static string MakeFolder()
    {
        string folder = Directory.CreateTempSubdirectory("ranknas-fuzz-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
