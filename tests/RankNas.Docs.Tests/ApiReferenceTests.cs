using System.Text.RegularExpressions;
using RankNas.ApiReference;
using RankNas.NatsBench;
using RankNas.Proxies;
using RankNas.SearchSpaces;
using RankNas.Storage.Sqlite;
using RankNas.Strategies;

namespace RankNas.Docs.Tests;

/// <summary>docs/api is what the documentation comments say, whole, and its links lead somewhere.</summary>
public sealed partial class ApiReferenceTests
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Generated = new(Reference.Generate);

    [Fact]
    public void ThePages_AreTheOnesThatAreGenerated() =>
        Directory.GetFiles(Repository.PathOf("docs", "api")).Select(Path.GetFileName).Should().BeEquivalentTo(Generated.Value.Keys);

    [Fact]
    public void APage_IsWhatTheCommentsSay()
    {
        foreach ((string name, string text) in Generated.Value)
        {
            bool isCurrent = File.ReadAllText(Repository.PathOf("docs", "api", name)).ReplaceLineEndings("\n") == text;
            isCurrent.Should().BeTrue("docs/api/{0} is out of date: dotnet run -c Release --project eng/RankNas.ApiReference", name);
        }
    }

    [Fact]
    public void EveryPublicType_HasASection()
    {
        Type[] types =
        [
            typeof(NasBuilder), typeof(ISearchSpace), typeof(Naswot), typeof(RandomSearch), typeof(NatsTopologySpace), typeof(SqliteScoreStore),
            typeof(OnnxExtensions), typeof(Images.PictureOptions), typeof(AccuracyTable), typeof(DrawingExtensions), typeof(PresetBuilderExtensions),
            typeof(DataFrameExtensions), typeof(NotebookExtensions),
        ];
        foreach (Type type in types.Select(type => type.Assembly).Distinct().SelectMany(library => library.GetExportedTypes()).Where(type => !type.IsNested))
        {
            string page = Generated.Value[$"{type.Assembly.GetName().Name}.md"];
            page.Should().MatchRegex($@"(?m)^## {Regex.Escape(type.Name.Split('`')[0])}(\\<|$)");
        }
    }

    [Fact]
    public void EveryLink_LeadsToAHeading()
    {
        var anchors = Generated.Value.ToDictionary(page => page.Key, page => Heading().Matches(page.Value).Select(AnchorOf).ToHashSet());
        foreach ((string name, string text) in Generated.Value)
        {
            foreach (Match link in Link().Matches(text))
            {
                string page = link.Groups["page"].Value is { Length: > 0 } other ? other : name;
                anchors.Should().ContainKey(page);
                if (link.Groups["anchor"].Value is { Length: > 0 } anchor)
                {
                    anchors[page].Should().Contain(anchor, "{0} links to {1}", name, link.Value);
                }
            }
        }
    }

    // As GitHub makes them: lower case, without punctuation.
    private static string AnchorOf(Match heading) => NotInAnchor().Replace(heading.Groups["title"].Value.ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"^#+ (?<title>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\((?<page>[\w.]+\.md)?(#(?<anchor>[^)]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
