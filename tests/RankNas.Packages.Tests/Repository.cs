namespace RankNas.Tests;

/// <summary>The repository that the tests run in.</summary>
internal static class Repository
{
#if DEBUG
    public const string Configuration = "Debug";
#else
    public const string Configuration = "Release";
#endif

    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Reads the first C# snippet of a page below a heading.</summary>
    public static string SnippetOf(string page, string heading)
    {
        string text = File.ReadAllText(PathOf(page)).ReplaceLineEndings("\n");
        int section = text.IndexOf(heading, StringComparison.Ordinal);
        section.Should().BeGreaterThanOrEqualTo(0, $"{page} has the heading {heading}");
        int start = text.IndexOf("```csharp\n", section, StringComparison.Ordinal) + "```csharp\n".Length;
        return text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RankNas.Core.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run from within the repository.");
    }
}
