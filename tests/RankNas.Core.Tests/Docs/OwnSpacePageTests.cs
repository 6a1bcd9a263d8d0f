using RankNas.Core.Tests.Support;
using RankNas.Latency;
using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.Strategies;
using RankNas.Torch;

namespace RankNas.Core.Tests.Docs;

public class OwnSpacePageTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "own-space.md"));

    [Theory]
    [InlineData("PlainSpace.cs", "public sealed class PlainSpace")]
    [InlineData("GroupNormSpace.cs", "public sealed class GroupNormSpace")]
    [InlineData("NoThinDeepNetwork.cs", "public sealed class NoThinDeepNetwork")]
    public void AnExample_IsTheOneThatIsCompiledHere(string file, string declaration)
    {
        string code = File.ReadAllText(Repository.PathOf("tests", "RankNas.Core.Tests", "Docs", file));
        Page.Should().Contain(code[code.IndexOf(declaration, StringComparison.Ordinal)..]);
    }

    [Fact]
    public void TheSearch_IsTheOneThatIsRunHere()
    {
        string[] lines = File.ReadAllLines(Repository.PathOf("tests", "RankNas.Core.Tests", "Docs", "OwnSpacePageTests.cs"));
        int from = Array.FindIndex(lines, line => line.Trim() == "// The page's search.") + 1;
        int to = Array.FindIndex(lines, from, line => line.Trim() == "// Its end.");
        Page.Should().Contain(string.Join('\n', lines[from..to].Select(line => line.Length > 8 ? line[8..] : "")));
    }

    [Fact]
    public async Task TheSearch_ScoresWhatItsConstraintsAdmit()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        IZeroCostProxy proxy = FunctionProxy.LogitSum();
        ISearchStrategy strategy = new TakeViable();

        // The page's search.
        var space = new PlainSpace();
        SearchResult result = await NasBuilder.Create()
            .UseSpace(space)
            .AddProxy(proxy)
            .AddMaxParameters(10_000).AddMaxMacs(8_000_000)
            .AddConstraint(new NoThinDeepNetwork(space))
            .AddConstraint(candidate => candidate.Architecture.Genes[0] > 0, "two layers or more")
            .AddMaxLatency(TimeSpan.FromMilliseconds(200), new TorchLatency(new LatencyMeter { BatchSize = 1, Passes = 5 }))
            .UseStrategy(strategy)
            .WithBatchSize(16).WithBudget(20)
            .Build()
            .RunAsync(cancellationToken);
        // Its end.

        result.Constraints.Should().HaveCount(5);
        result.Ranked.Should().NotBeEmpty().And.OnlyContain(candidate => result.CostOf(candidate).Parameters <= 10_000 && result.CostOf(candidate).Macs <= 8_000_000);
        result.Ranked.Select(candidate => space.NumberOf(candidate.Architecture, "depth")).Should().OnlyContain(depth => depth > 1);
        result.Ranked.Should().OnlyContain(candidate => candidate.Scores[0].Kind == ScoreKind.Finite);
    }

    [Fact]
    public async Task ModulesThatNoGraphDescribes_AreScoredAndMeasured()
    {
        SearchResult result = await NasBuilder.Create().UseSpace(new GroupNormSpace()).AddProxy(FunctionProxy.LogitSum()).UseStrategy(new TakeViable())
            .WithBatchSize(2).Build().RunAsync(TestContext.Current.CancellationToken);

        result.Ranked.Should().HaveCount(4).And.OnlyContain(candidate => candidate.Scores[0].Kind == ScoreKind.Finite);
        result.CostOf(result.Best).Parameters.Should().BePositive();
    }

    private sealed class TakeViable : ISearchStrategy
    {
        public string Id => "take-viable";

        public Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default) =>
            context.EvaluateAsync(
                [.. Enumerable.Range(0, (int)context.Space.Count).Select(index => context.Space.FromIndex(index)).Where(context.Space.IsViable)], cancellationToken);
    }
}
