namespace RankNas.Tests;

/// <summary>A builder that keeps the strategy and takes nothing else.</summary>
internal sealed class StrategyHolder : INasBuilder
{
    public ISearchStrategy? Strategy { get; private set; }

    public void SetStrategy(ISearchStrategy strategy) => Strategy = strategy;

    public void SetSpace(ISearchSpace space) => throw new NotSupportedException();

    public void AddProxy(IZeroCostProxy proxy) => throw new NotSupportedException();

    public void SetScoreStore(Func<CancellationToken, ValueTask<IScoreStore>> open) => throw new NotSupportedException();
}
