using RankNas.Ranking;

namespace RankNas.Strategies;

/// <summary>RS-rank: samples architectures without replacement until the budget is used up; the smallest rank sum is best.</summary>
/// <remarks>The paper's baseline, with N = 1,000.</remarks>
public sealed class RandomSearch : ISearchStrategy
{
    // Drawing goes on between scoring, so that a search without a limit begins to score at once.
    private const int BatchSize = 1024;

    /// <inheritdoc/>
    public string Id => "random";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var drawn = new DistinctDraws(context.Space, context.Random, context.Budget);
        var scored = new List<ScoredArchitecture>();
        while (!context.ShouldEnd(cancellationToken) && drawn.Take(Math.Min(BatchSize, context.Budget - context.Evaluations)) is { Count: > 0 } sample)
        {
            scored.AddRange(await context.EvaluateAsync(sample, cancellationToken).ConfigureAwait(false));
        }

        return [.. scored.DistinctBy(candidate => candidate.Architecture)];
    }
}
