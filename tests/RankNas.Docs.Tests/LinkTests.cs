using System.Text.RegularExpressions;

namespace RankNas.Docs.Tests;

/// <summary>Links between pages as a host of Git repositories follows them; of the site, eng/site.sh checks them.</summary>
public sealed partial class LinkTests
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Pages = new(() => Directory
        .GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)
        .Concat(Directory.GetDirectories(Repository.PathOf("src")).Select(package => Path.Combine(package, "README.md")).Where(File.Exists))
        .Concat(Directory.GetFiles(Repository.Root, "*.md"))
        .ToDictionary(path => path, path => CodeBlock().Replace(File.ReadAllText(path), "")));

    [Fact]
    public void EveryLink_LeadsToAFile_AndToAHeadingInIt()
    {
        var anchors = new Dictionary<string, HashSet<string>>();
        var broken = new List<string>();
        foreach ((string path, string text) in Pages.Value)
        {
            foreach (Match link in Link().Matches(text))
            {
                string to = Escape().Replace(link.Groups["to"].Value, "$1");
                string[] parts = to.Split('#', 2);
                string target = parts[0].Length == 0 ? path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, parts[0]));
                bool leads = File.Exists(target) || Directory.Exists(target);
                if (leads && parts.Length == 2 && target.EndsWith(".md", StringComparison.Ordinal))
                {
                    if (!anchors.TryGetValue(target, out HashSet<string>? headings))
                    {
                        anchors[target] = headings = AnchorsOf(CodeBlock().Replace(File.ReadAllText(target), ""));
                    }

                    leads = headings.Contains(parts[1]);
                }

                if (!leads)
                {
                    broken.Add($"{Path.GetRelativePath(Repository.Root, path)}: {to}");
                }
            }
        }

        broken.Should().BeEmpty();
    }

    [Fact]
    public void EveryPage_IsInTheSitesTableOfContents()
    {
        string docs = Repository.PathOf("docs");
        string contents = File.ReadAllText(Path.Combine(docs, "toc.yml"));
        Directory.GetFiles(docs, "*.md").Concat(Directory.GetDirectories(docs).Select(folder => Path.Combine(folder, "README.md")).Where(File.Exists))
            .Select(path => Path.GetRelativePath(docs, path).Replace('\\', '/'))
            .Where(page => !contents.Contains($"href: {page}\n", StringComparison.Ordinal))
            .Should().BeEmpty("docs/toc.yml has a line for each page");
    }

    // As GitHub makes them: lower case, without punctuation. Of headings that are equal the second ends with -1.
    private static HashSet<string> AnchorsOf(string text)
    {
        IEnumerable<string> headings = Heading().Matches(text)
            .GroupBy(heading => NotInAnchor().Replace(heading.Groups["title"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))
            .SelectMany(same => same.Select((_, index) => index == 0 ? same.Key : $"{same.Key}-{index}"));
        return [.. headings, .. Id().Matches(text).Select(id => id.Groups["id"].Value)];
    }

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\((?<to>(?!https?:|mailto:)(\\.|[^()\s\\]|\([^()]*\))+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();

    [GeneratedRegex(@"^#+ (?<title>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"<a id=""(?<id>[^""]+)""")]
    private static partial Regex Id();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
