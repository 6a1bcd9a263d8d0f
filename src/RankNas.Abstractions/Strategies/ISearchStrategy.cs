using RankNas.Ranking;

namespace RankNas.Strategies;

/// <summary>Decides which architectures to score, guided by their ranks; it never sees an accuracy.</summary>
/// <remarks>
/// A strategy is deterministic, given the context's generator and the scores: a resumed search replays it. Its exceptions end the search, except
/// <see cref="OperationCanceledException"/> after the search was cancelled. It may block; a cancelled search waits about fifteen
/// seconds for it, and then uses everything scored as its set.
/// </remarks>
public interface ISearchStrategy
{
    /// <summary>Gets the strategy's name, such as <c>annealing</c>.</summary>
    string Id { get; }

    /// <summary>Gets every setting of the strategy as one canonical text, such as <c>population-size=50, patience=500</c>, for results and reports.</summary>
    string Settings => "";

    /// <summary>Searches until the strategy is finished or <see cref="ISearchContext.IsOver"/>.</summary>
    /// <param name="context">The space, the random generator, the budget, scores and ranks.</param>
    /// <param name="cancellationToken">For the strategy's own waits; the context handles cancellation itself.</param>
    /// <returns>
    /// The set whose best is the result: architectures that this search has scored; duplicates count once. An empty set means everything
    /// scored. Null, an architecture that was not scored, or a strategy that requested no score at all, ends the search with a
    /// <see cref="SearchComponentException"/>.
    /// </returns>
    Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default);
}
