using RankNas.Scores;
using RankNas.Scoring;

namespace RankNas.Core.Tests.Support;

/// <summary>Gives scores that a test wrote, without any network.</summary>
/// <param name="scoreOf">Makes a score of an architecture's text and a proxy's id.</param>
internal sealed class ScriptedEvaluator(Func<string, string, Score> scoreOf) : IArchitectureEvaluator
{
    public int Parallelism => 1;

    /// <summary>Gets the numerics that it says it computes by; those asked for where null.</summary>
    public string? Numerics { get; init; }

    public Task<EvaluationOutcome> EvaluateAsync(EvaluationRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult(new EvaluationOutcome([.. request.Proxies.Select(proxy => scoreOf(request.Architecture, proxy.Id))], 0.5) { Numerics = Numerics });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
