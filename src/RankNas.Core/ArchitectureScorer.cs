namespace RankNas;

/// <summary>Scores architectures of the caller's choice, without a strategy.</summary>
public sealed class ArchitectureScorer
{
    private readonly SearchPlan _plan;

    internal ArchitectureScorer(SearchPlan plan) => _plan = plan;

    /// <summary>Scores architectures.</summary>
    /// <param name="architectures">The architectures; one given twice is scored once.</param>
    /// <param name="cancellationToken">Ends within the time of one architecture; what has been scored is returned.</param>
    /// <returns>One entry for each distinct architecture scored, in the order given.</returns>
    public Task<IReadOnlyList<EvaluatedArchitecture>> ScoreAsync(
        IEnumerable<Architecture> architectures, CancellationToken cancellationToken = default)
    {
        Architecture[] distinct = [.. architectures.Distinct()];
        return Task.Run(() => ScoreAllAsync(distinct, cancellationToken), CancellationToken.None);
    }

    private async Task<IReadOnlyList<EvaluatedArchitecture>> ScoreAllAsync(Architecture[] architectures, CancellationToken cancellationToken)
    {
        SearchSession session = await SearchSession.OpenAsync(_plan, CancellationToken.None).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            SearchPlan plan = _plan with { Budget = Math.Max(1, architectures.Length) };
            var context = new SearchContext(plan, session.Pipeline, Random.Shared, cancellationToken);
            await context.EvaluateAsync(architectures, cancellationToken).ConfigureAwait(false);
            return context.History;
        }
    }
}
