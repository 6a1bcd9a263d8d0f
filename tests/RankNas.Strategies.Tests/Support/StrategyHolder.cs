using RankNas.Proxies;
using RankNas.Scores;
using RankNas.SearchSpaces;

namespace RankNas.Strategies.Tests.Support;

/// <summary>A builder that keeps the strategy and takes nothing else.</summary>
internal sealed class StrategyHolder : INasBuilder
{
    public ISearchStrategy? Strategy { get; private set; }

    public void UseStrategy(ISearchStrategy strategy) => Strategy = strategy;

    public void UseSpace(ISearchSpace space) => throw new NotSupportedException();

    public void AddProxy(IZeroCostProxy proxy) => throw new NotSupportedException();

    public void UseScoreStore(Func<CancellationToken, ValueTask<IScoreStore>> open) => throw new NotSupportedException();
}
