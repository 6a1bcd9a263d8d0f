namespace RankNas.Docs.Tests;

/// <summary>Every snippet of the README and the docs compiles and runs as a reader would run it.</summary>
[Collection(nameof(SnippetTests))]
[CollectionDefinition(nameof(SnippetTests), DisableParallelization = true)]
public sealed class SnippetTests : IClassFixture<ReadersFolder>
{
    // Scripts, which the package tests run, and pages whose snippets build on one another.
    private static readonly string[] TestedElsewhere = [.. ((string[])["scripts.md", "own-space.md", "after-the-search.md"]).Select(page => Path.Combine("docs", page))];

    public static TheoryData<Snippet> Snippets =>
    [
        .. Directory.GetFiles(Repository.PathOf("docs"), "*.md")
            .Concat(Directory.GetDirectories(Repository.PathOf("src")).Select(package => Path.Combine(package, "README.md")).Where(File.Exists))
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Append("README.md").Except(TestedElsewhere).Order(StringComparer.Ordinal)
            .SelectMany(Snippet.On),
    ];

    [Theory]
    [MemberData(nameof(Snippets))]
    public async Task ASnippet_CompilesAndRuns(Snippet snippet) => await SnippetProgram.RunAsync(snippet.Code);
}
