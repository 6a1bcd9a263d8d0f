namespace RankNas.Tests;

/// <summary>Every snippet of the README and the docs compiles and runs as a reader would run it.</summary>
[Collection(nameof(SnippetTests))]
[CollectionDefinition(nameof(SnippetTests), DisableParallelization = true)]
public sealed class SnippetTests : IClassFixture<ReadersFolder>
{
    private static readonly string Root = RootFolder();

    // Scripts, which the package tests run, and pages whose snippets build on one another.
    private static readonly string[] TestedElsewhere = [.. ((string[])["scripts.md", "own-space.md", "after-the-search.md"]).Select(page => Path.Combine("docs", page))];

    public static TheoryData<Snippet> Snippets =>
    [
        .. Directory.GetFiles(Path.Combine(Root, "docs"), "*.md")
            .Concat(Directory.GetDirectories(Path.Combine(Root, "src")).Select(package => Path.Combine(package, "README.md")).Where(File.Exists))
            .Select(file => Path.GetRelativePath(Root, file)).Append("README.md").Except(TestedElsewhere).Order(StringComparer.Ordinal)
            .SelectMany(page => Snippet.On(Root, page)),
    ];

    [Theory]
    [MemberData(nameof(Snippets))]
    public async Task ASnippet_CompilesAndRuns(Snippet snippet) => await SnippetProgram.RunAsync(snippet.Code);

    private static string RootFolder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RankNas.Core.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run from within the repository.");
    }
}
