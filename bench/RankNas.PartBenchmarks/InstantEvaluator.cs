using RankNas.Scores;
using RankNas.Scoring;

namespace RankNas.PartBenchmarks;

/// <summary>Scores drawn by the architecture's text, at once.</summary>
internal sealed class InstantEvaluator : IArchitectureEvaluator
{
    public int Parallelism => 1;

    public Task<EvaluationOutcome> EvaluateAsync(EvaluationRequest request, CancellationToken cancellationToken = default)
    {
        var random = new Random(string.GetHashCode(request.Architecture, StringComparison.Ordinal));
        return Task.FromResult(new EvaluationOutcome([.. request.Proxies.Select(_ => Score.Of(random.NextDouble()))], Seconds: 0));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
