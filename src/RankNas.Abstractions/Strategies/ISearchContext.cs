using System.Collections.Immutable;
using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.SearchSpaces;

namespace RankNas.Strategies;

/// <summary>What a strategy works with.</summary>
/// <remarks>Safe for concurrent use, but for <see cref="Random"/>: calls of <see cref="EvaluateAsync"/> are answered one after another. A strategy that
/// makes them from several threads gives up being deterministic, since their order is then chance.</remarks>
public interface ISearchContext
{
    /// <summary>Gets the space to search: a view of it that knows the search's constraints and end.</summary>
    /// <remarks>
    /// It is another object than the space that the search was given. A strategy that needs members of its own space takes that in its constructor.
    /// Once the search is cancelled, its methods throw <see cref="OperationCanceledException"/>, which a strategy lets pass.
    /// </remarks>
    ISearchSpace Space { get; }

    /// <summary>Gets the proxies, in the order of every architecture's scores.</summary>
    ImmutableArray<ProxyDescriptor> Proxies { get; }

    /// <summary>Gets the only source of randomness.</summary>
    Random Random { get; }

    /// <summary>Gets how many distinct architectures may be scored.</summary>
    int Budget { get; }

    /// <summary>Gets how many distinct architectures have been scored.</summary>
    int Evaluations { get; }

    /// <summary>Gets whether the budget is used up or the search cancelled: time to return.</summary>
    bool IsOver { get; }

    /// <summary>Scores architectures; those scored before in this search cost nothing.</summary>
    /// <param name="architectures">The architectures; one given twice is scored once.</param>
    /// <param name="cancellationToken">Stops the wait; what has been scored until then is returned.</param>
    /// <returns>
    /// One entry for each given, in the order given. Those that the budget does not reach, or that a cancelled search no longer
    /// scored, are left out.
    /// </returns>
    /// <exception cref="ArgumentException">One of the architectures is null.</exception>
    /// <exception cref="OperationCanceledException">
    /// The search has ended: it was cancelled some time ago, or the strategy has asked 100,000 times in a row for nothing new. A strategy lets it
    /// pass; the result is then ranked among all that was scored.
    /// </exception>
    /// <exception cref="InvalidOperationException">It is called by a handler of progress, for which the search waits.</exception>
    Task<IReadOnlyList<ScoredArchitecture>> EvaluateAsync(
        IReadOnlyCollection<Architecture> architectures,
        CancellationToken cancellationToken = default);

    /// <summary>Ranks a set, best first, by the experiment's aggregator; ranks are always within the set at hand.</summary>
    /// <exception cref="SearchComponentException">The aggregator failed, or gave NaN or too few totals.</exception>
    IReadOnlyList<ScoredArchitecture> Rank(IReadOnlyCollection<ScoredArchitecture> candidates);
}
