namespace RankNas.Packages.Tests;

/// <summary>What packages are made of, and what pages tell their users to write.</summary>
internal static class PackageSource
{
#if DEBUG
    public const string Configuration = "Debug";
#else
    public const string Configuration = "Release";
#endif

    /// <summary>Reads the first C# snippet of a page below a heading.</summary>
    public static string SnippetOf(string page, string heading)
    {
        string text = File.ReadAllText(Repository.PathOf(page)).ReplaceLineEndings("\n");
        int section = text.IndexOf(heading, StringComparison.Ordinal);
        section.Should().BeGreaterThanOrEqualTo(0, $"{page} has the heading {heading}");
        int start = text.IndexOf("```csharp\n", section, StringComparison.Ordinal) + "```csharp\n".Length;
        return text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
