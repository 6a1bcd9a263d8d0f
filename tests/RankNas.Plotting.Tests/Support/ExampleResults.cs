using RankNas.Core.Tests.Support;
using RankNas.Pareto;
using RankNas.Proxies;
using RankNas.Scores;
using RankNas.SearchSpaces;

namespace RankNas.Plotting.Tests.Support;

/// <summary>Results of searches whose scores a test wrote.</summary>
internal static class ExampleResults
{
    public const string HostileId = "a</text><script>alert('proxy')</script>&\"<\uFFFE]]>";

    /// <summary>A search of the first architectures of the topology space.</summary>
    public static Task<SearchResult> Topology(int architectures, Func<int, string, Score> scoreOf, params string[] proxies) =>
        RunAsync(new NatsTopologySpace(new NatsTopologyOptions { IncludeBroken = true }), architectures, scoreOf, proxies);

    /// <summary>A search of a space, and by a proxy, whose names are hostile.</summary>
    public static Task<SearchResult> Hostile(int architectures = 3) =>
        RunAsync(new HostileSpace(), architectures, (place, _) => place == 1 ? Score.Failed("</p><script>alert('failure')</script>") : Score.Of(place), [HostileId]);

    /// <summary>A search of a space that builds modules.</summary>
    public static Task<SearchResult> OfModules() => RunAsync(new ModuleSpace(), 3, (place, _) => Score.Of(place), ["a"]);

    /// <summary>A search under a constraint that admits everything.</summary>
    public static async Task<SearchResult> Constrained(string description) =>
        await Builder(new NatsTopologySpace(new NatsTopologyOptions { IncludeBroken = true }), 1, (_, _) => Score.Of(1), ["a"])
            .AddConstraint(_ => true, description).Build().RunAsync(TestContext.Current.CancellationToken);

    /// <summary>A search of the topology space by one proxy and objectives beside it.</summary>
    public static async Task<SearchResult> WithObjectives(double[] scores, params IArchitectureObjective[] objectives)
    {
        NasBuilder builder = Builder(new NatsTopologySpace(new NatsTopologyOptions { IncludeBroken = true }), scores.Length, (place, _) => Score.Of(scores[place]), ["a"]);
        foreach (IArchitectureObjective objective in objectives)
        {
            builder.AddObjective(objective);
        }

        return await builder.Build().RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A search that was cancelled before anything was scored.</summary>
    public static async Task<SearchResult> Empty() => await Builder(new NatsTopologySpace(), 1, (_, _) => Score.Of(1), ["a"])
        .Build().RunAsync(new CancellationToken(canceled: true));

    private static async Task<SearchResult> RunAsync(ISearchSpace space, int architectures, Func<int, string, Score> scoreOf, string[] proxies) =>
        await Builder(space, architectures, scoreOf, proxies).Build().RunAsync(TestContext.Current.CancellationToken);

    private static NasBuilder Builder(ISearchSpace space, int architectures, Func<int, string, Score> scoreOf, string[] proxies)
    {
        Dictionary<string, int> places = Enumerable.Range(0, Math.Max(architectures, 1)).ToDictionary(place => space.FromIndex(place).Text, place => place);
        NasBuilder builder = NasBuilder.Create().UseSpace(space).WithBatchSize(1).UseStrategy(new TakeFirst(batch: 16)).WithBudget(architectures)
            .UseEvaluator(() => new ScriptedEvaluator((text, proxy) => scoreOf(places[text], proxy)));
        foreach (string proxy in proxies)
        {
            builder.AddProxy(new ScriptedProxy(proxy, proxy.StartsWith("low", StringComparison.Ordinal) ? ScoreDirection.LowerIsBetter : ScoreDirection.HigherIsBetter));
        }

        return builder;
    }
}
