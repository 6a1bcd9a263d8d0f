using RankNas.Ranking;

namespace RankNas.Strategies;

/// <summary>Decides which architectures to score, led by their ranks; it never sees an accuracy.</summary>
/// <remarks>
/// A strategy is deterministic, given the context's generator and the scores: a resumed search replays it. What it throws ends the search, except
/// <see cref="OperationCanceledException"/> after the search was cancelled. It may block; a search that is cancelled waits for it for some fifteen
/// seconds, and then takes everything scored for its set.
/// </remarks>
public interface ISearchStrategy
{
    /// <summary>Gets the strategy's name, such as <c>annealing</c>.</summary>
    string Id { get; }

    /// <summary>Gets every setting of the strategy in one canonical text, such as <c>population-size=50, patience=500</c>; results and reports name them.</summary>
    string Settings => "";

    /// <summary>Searches until it is done or <see cref="ISearchContext.IsOver"/>.</summary>
    /// <param name="context">The space, the generator, the budget, and the way to scores and ranks.</param>
    /// <param name="cancellationToken">For waits of the strategy's own; the context ends the search by itself.</param>
    /// <returns>
    /// The set whose best is the result: architectures that this search has scored, one given twice counts once. Where it is empty, everything
    /// scored is the set. Null, or an architecture that was not scored, ends the search with a <see cref="SearchComponentException"/>, and so does
    /// a strategy that has asked for no score at all.
    /// </returns>
    Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default);
}
