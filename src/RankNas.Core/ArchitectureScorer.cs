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
    /// <exception cref="ArgumentException">One of the architectures is null.</exception>
    public Task<IReadOnlyList<EvaluatedArchitecture>> ScoreAsync(
        IEnumerable<Architecture> architectures, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(architectures);
        Architecture[] distinct = [.. architectures.Distinct()];
        return distinct.Any(architecture => architecture is null)
            ? throw new ArgumentException("One of the architectures is null.", nameof(architectures))
            : Task.Run(() => ScoreAllAsync(distinct, cancellationToken), CancellationToken.None);
    }

    private async Task<IReadOnlyList<EvaluatedArchitecture>> ScoreAllAsync(Architecture[] architectures, CancellationToken cancellationToken)
    {
        SearchSession session;
        try
        {
            session = await SearchSession.OpenAsync(_plan, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return [];
        }

        return await Disposal.UsingAsync(session, open => ScoreAllAsync(open, architectures, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<EvaluatedArchitecture>> ScoreAllAsync(
        SearchSession session, Architecture[] architectures, CancellationToken cancellationToken)
    {
        SearchPlan plan = _plan with { Budget = Math.Max(1, architectures.Length) };
        using var context = new SearchContext(plan, session.Pipeline, plan.CreateTelemetry("none"), Random.Shared, cancellationToken);
        await context.EvaluateAsync(architectures, cancellationToken).ConfigureAwait(false);
        return context.History;
    }
}
