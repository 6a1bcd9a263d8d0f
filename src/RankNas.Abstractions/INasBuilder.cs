using RankNas.Proxies;
using RankNas.Scores;
using RankNas.SearchSpaces;
using RankNas.Strategies;

namespace RankNas;

/// <summary>What built-in and users' own parts plug into, through extension methods that live beside them.</summary>
/// <remarks>An extension method for <c>TBuilder : INasBuilder</c> that returns its builder keeps the chain of calls going.</remarks>
public interface INasBuilder
{
    /// <summary>Sets the space to search.</summary>
    /// <exception cref="InvalidOperationException">The builder has been used already.</exception>
    void UseSpace(ISearchSpace space);

    /// <summary>Adds a proxy to score by.</summary>
    /// <exception cref="InvalidOperationException">The builder has been used already.</exception>
    void AddProxy(IZeroCostProxy proxy);

    /// <summary>Sets the strategy that searches.</summary>
    /// <exception cref="InvalidOperationException">The builder has been used already.</exception>
    void UseStrategy(ISearchStrategy strategy);

    /// <summary>Sets where scores are kept.</summary>
    /// <param name="open">Opens the store at the start of a search, which disposes it at its end.</param>
    /// <exception cref="InvalidOperationException">The builder has been used already.</exception>
    void UseScoreStore(Func<CancellationToken, ValueTask<IScoreStore>> open);
}
