using System.Collections.Concurrent;
using System.Collections.Immutable;
using RankNas.Scores;
using RankNas.Scoring;

namespace RankNas.Distributed.Tests.Support;

/// <summary>Scores by the request alone, at once: what it comes to is the same wherever it runs.</summary>
internal sealed class FakeEvaluator(TimeSpan time = default, Func<EvaluationRequest, EvaluationOutcome?>? answer = null) : IArchitectureEvaluator
{
    public int Parallelism => 4;

    public ConcurrentBag<string> Asked { get; } = [];

    public async Task<EvaluationOutcome> EvaluateAsync(EvaluationRequest request, CancellationToken cancellationToken = default)
    {
        Asked.Add(request.Architecture);
        if (time > TimeSpan.Zero)
        {
            await Task.Delay(time, cancellationToken);
        }

        return answer?.Invoke(request) ?? new EvaluationOutcome([.. request.Proxies.Select(proxy => ScoreOf(request, proxy.Id))], 0.001);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static Score ScoreOf(EvaluationRequest request, string proxy) =>
        Score.Of(RankNas.Initialization.StableSeed.Derive(request.Scope.Seed, request.Architecture, proxy) / 1e18);
}

/// <summary>Searches whose scores are fakes.</summary>
internal static class Searches
{
    public static NasBuilder Builder(int budget = 200, long seed = 1) => NasBuilder.Create()
        .UseNatsTopology().AddNaswot().AddLogSynFlow().UseAgingEvolution().WithBatchSize(4).WithSeed(seed).WithBudget(budget);

    /// <summary>Runs a search by a fake in this process.</summary>
    public static Task<SearchResult> AloneAsync(int budget = 200, long seed = 1) =>
        Builder(budget, seed).UseEvaluator(() => new FakeEvaluator()).Build().RunAsync(TestContext.Current.CancellationToken);

    /// <summary>What a search found, to the last digit.</summary>
    public static ImmutableArray<string> Found(SearchResult result) =>
        [.. result.Ranked.Select(one => $"{one.Architecture} {string.Join(' ', one.Scores)}")];
}
