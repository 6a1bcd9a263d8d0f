using System.Collections.Immutable;

namespace RankNas;

/// <summary>What a strategy works with.</summary>
public interface ISearchContext
{
    /// <summary>Gets the space to search.</summary>
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
    Task<IReadOnlyList<ScoredArchitecture>> EvaluateAsync(
        IReadOnlyCollection<Architecture> architectures,
        CancellationToken cancellationToken = default);

    /// <summary>Ranks a set, best first, by the experiment's aggregator; ranks are always within the set at hand.</summary>
    IReadOnlyList<RankedArchitecture> Rank(IReadOnlyCollection<ScoredArchitecture> candidates);
}
