using RankNas.Pareto;
using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.SearchSpaces;

namespace RankNas.Strategies;

/// <summary>The interface between a strategy and its search.</summary>
/// <remarks>Safe for concurrent use, except <see cref="Random"/>. Calls of <see cref="EvaluateAsync"/> may overlap: the budget is shared out in the order
/// in which they are made. So a strategy that makes them from one thread, and takes their results in that order, is deterministic; one that calls from several threads is
/// not.</remarks>
public interface ISearchContext
{
    /// <summary>Gets the space to search: a wrapper that applies the search's constraints and cancellation.</summary>
    /// <remarks>
    /// It is not the object that the search was given. A strategy that needs other members of its space takes the space in its constructor.
    /// Once the search is cancelled, its methods throw <see cref="OperationCanceledException"/>, which a strategy should not catch.
    /// </remarks>
    ISearchSpace Space { get; }

    /// <summary>Gets the proxies, in the order of every architecture's scores.</summary>
    ImmutableArray<ProxyDescriptor> Proxies { get; }

    /// <summary>Gets the objectives beside the rank, in the order of every architecture's <see cref="ScoredArchitecture.Objectives"/>.</summary>
    /// <value>The default is none.</value>
    ImmutableArray<ObjectiveDescriptor> Objectives => [];

    /// <summary>Gets the only source of randomness.</summary>
    Random Random { get; }

    /// <summary>Gets how many distinct architectures may be scored.</summary>
    int Budget { get; }

    /// <summary>Gets how many distinct architectures have been scored.</summary>
    int Evaluations { get; }

    /// <summary>Gets whether the budget is used up or the search cancelled; the strategy should then return.</summary>
    bool IsOver { get; }

    /// <summary>Scores architectures; those scored before in this search cost nothing.</summary>
    /// <param name="architectures">The architectures; one given twice is scored once.</param>
    /// <param name="cancellationToken">Stops waiting; the scores so far are returned.</param>
    /// <returns>
    /// One entry for each architecture, in the given order, without those that were not scored because the budget is used up or the search
    /// cancelled.
    /// </returns>
    /// <exception cref="ArgumentException">One of the architectures is null.</exception>
    /// <exception cref="OperationCanceledException">
    /// The search has ended: it was cancelled some time ago, or 100,000 requests in a row had no new architecture. A strategy should not
    /// catch it; the result is then the best of everything scored.
    /// </exception>
    /// <exception cref="InvalidOperationException">It is called by a progress handler, which would cause a deadlock.</exception>
    Task<IReadOnlyList<ScoredArchitecture>> EvaluateAsync(
        IReadOnlyCollection<Architecture> architectures,
        CancellationToken cancellationToken = default);

    /// <summary>Ranks a set, best first, by the experiment's aggregator; ranks refer to this set.</summary>
    /// <exception cref="SearchComponentException">The aggregator failed, or returned NaN or too few totals.</exception>
    IReadOnlyList<ScoredArchitecture> Rank(IReadOnlyCollection<ScoredArchitecture> candidates);
}
