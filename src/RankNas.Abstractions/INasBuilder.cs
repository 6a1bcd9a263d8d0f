using RankNas.Proxies;
using RankNas.Scores;
using RankNas.SearchSpaces;
using RankNas.Strategies;

namespace RankNas;

/// <summary>The part of a builder that extension methods use to add components, built-in or your own.</summary>
/// <remarks>Write extension methods for <c>TBuilder : INasBuilder</c> that return the builder, so that calls can be chained.</remarks>
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
