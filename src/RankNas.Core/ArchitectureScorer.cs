using System.Collections.Immutable;

namespace RankNas;

/// <summary>Scores architectures of the caller's choice, without a strategy.</summary>
public sealed class ArchitectureScorer
{
    private readonly SearchPlan _plan;

    internal ArchitectureScorer(SearchPlan plan) => _plan = plan;

    /// <summary>Scores architectures.</summary>
    /// <param name="architectures">The architectures; one given twice is scored once.</param>
    /// <param name="cancellationToken">Ends within the time of one architecture; what has been scored is returned.</param>
    /// <returns>One entry for each distinct architecture scored, in the order given; <see cref="NoticesOf"/> says what they are worth.</returns>
    /// <exception cref="ArgumentException">One of the architectures is null.</exception>
    /// <exception cref="ProxyNotApplicableException">A proxy needs something of networks that none of the space's has.</exception>
    public Task<IReadOnlyList<EvaluatedArchitecture>> ScoreAsync(
        IEnumerable<Architecture> architectures, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(architectures);
        Architecture[] distinct = [.. architectures.Distinct()];
        return distinct.Any(architecture => architecture is null)
            ? throw new ArgumentException("One of the architectures is null.", nameof(architectures))
            : Task.Run(() => ScoreAllAsync(distinct, cancellationToken), CancellationToken.None);
    }

    /// <summary>Finds what makes scores worth less than they look, in the images and in the scores themselves.</summary>
    /// <param name="evaluated">What <see cref="ScoreAsync"/> returned.</param>
    /// <returns>What there is to say, the most important first; empty where there is nothing.</returns>
    /// <inheritdoc cref="ProbeImages.Take" path="/exception"/>
    public ImmutableArray<SearchNotice> NoticesOf(IReadOnlyList<EvaluatedArchitecture> evaluated) =>
        SearchNotices.Sorted([.. ImageReport.Of(_plan.Setup).Notices, .. SearchNotices.Of(_plan.Setup, evaluated)]);

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
        SearchTelemetry telemetry = plan.CreateTelemetry("none");
        using var context = new SearchContext(plan, session.Pipeline, telemetry, Random.Shared, cancellationToken);
        telemetry.Noticed(context.Images.Notices);
        await context.EvaluateAsync(architectures, cancellationToken).ConfigureAwait(false);
        telemetry.Noticed(SearchNotices.Of(plan.Setup, context.History));
        return context.History;
    }
}
