using RankNas.NatsBench;
using RankNas.Plotting.Tests.Support;
using RankNas.Scores;
using RankNas.SearchSpaces;

namespace RankNas.Plotting.Tests.Docs;

public class PicturesPageTests
{
    private static readonly string[] Files =
        ["progress.png", "naswot.svg", "distribution.png", "proxies.png", "parameters.png", "accuracy.png", "cell.svg", "network.svg", "report.html"];

    [Fact]
    public void TheExample_IsTheOneThatIsCompiledHere()
    {
        const string Declaration = "public static class SavePictures";
        string page = File.ReadAllText(Repository.PathOf("docs", "pictures.md"));
        string code = File.ReadAllText(Repository.PathOf("tests", "RankNas.Plotting.Tests", "Docs", "SavePictures.cs"));
        page.Should().Contain(code[code.IndexOf(Declaration, StringComparison.Ordinal)..]);
    }

    [Fact]
    public async Task TheExample_WritesEveryFile()
    {
        SearchResult result = await ExampleResults.Topology(30, (place, _) => Score.Of(place), "naswot", "logsynflow");
        using var folder = new TempFolder();
        string before = Environment.CurrentDirectory;
        try
        {
            // No other test of this assembly looks at the current folder.
            Environment.CurrentDirectory = folder.Path;
            SavePictures.Of(result, new KnownAccuracies());
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }

        Directory.GetFiles(folder.Path).Select(Path.GetFileName).Should().BeEquivalentTo(Files);
    }

    [Fact]
    public void ThePicturesOfThePage_AreThere_AndSmall()
    {
        foreach (string picture in (string[])["search-progress.png", "report.png"])
        {
            new FileInfo(Repository.PathOf("docs", "images", picture)).Length.Should().BeInRange(1_000, 150_000);
        }
    }

    private sealed class KnownAccuracies : IAccuracyBenchmark
    {
        public IReadOnlyList<string> DataSets => ["cifar10"];

        public IReadOnlyDictionary<string, Accuracy>? Find(Architecture architecture) =>
            new Dictionary<string, Accuracy> { ["cifar10"] = new(architecture.Text.Length, architecture.Text.Length) };

        public long? IndexOf(Architecture architecture) => null;

        public Architecture? AtIndex(long index) => null;
    }
}
