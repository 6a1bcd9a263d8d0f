namespace RankNas.Tests;

/// <summary>The folder of real images and accuracies: RANKNAS_DATA, else shared/data beside a folder above the tests.</summary>
internal static class TestData
{
    private const string Missing =
        "The data folder is not here: set RANKNAS_DATA to it, or put it at ../shared/data beside the repository.";

    /// <summary>Gets a file's path, or skips the test with a plain message.</summary>
    public static string Path(string file) => Find(System.IO.Path.Combine("data", file), Environment.GetEnvironmentVariable("RANKNAS_DATA"), file);

    /// <summary>Gets a golden file's path, or skips the test with a plain message.</summary>
    public static string Golden(string file) => Find(System.IO.Path.Combine("golden", file), null, file);

    /// <summary>Gets a file of the cases that failed once, or skips the test with a plain message.</summary>
    public static string Case(string file) => Find(System.IO.Path.Combine("cases", file), null, file);

    /// <summary>Finds a golden file without skipping; null where it is not here.</summary>
    public static string? FindGolden(string file) => TryFind(System.IO.Path.Combine("golden", file), null, file);

    private static string Find(string relative, string? folder, string file)
    {
        string? found = TryFind(relative, folder, file);
        Assert.SkipWhen(found is null, Missing);
        return found!;
    }

    private static string? TryFind(string relative, string? folder, string file)
    {
        if (folder is not null && Exists(System.IO.Path.Combine(folder, file)))
        {
            return System.IO.Path.Combine(folder, file);
        }

        for (DirectoryInfo? above = new(AppContext.BaseDirectory); above is not null; above = above.Parent)
        {
            string path = System.IO.Path.Combine(above.FullName, "shared", relative);
            if (Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);
}
