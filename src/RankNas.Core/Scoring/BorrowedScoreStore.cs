namespace RankNas.Scoring;

/// <summary>A store that someone else disposes.</summary>
internal sealed class BorrowedScoreStore(IScoreStore inner) : IScoreStore
{
    /// <summary>Gets the store itself.</summary>
    public IScoreStore Inner => inner;

    public ValueTask<IReadOnlyDictionary<ScoreKey, StoredScore>> FindAsync(
        ScoreScope scope,
        IReadOnlyCollection<string> architectures,
        IReadOnlyCollection<ProxyDescriptor> proxies,
        CancellationToken cancellationToken = default) => inner.FindAsync(scope, architectures, proxies, cancellationToken);

    public ValueTask AddAsync(IReadOnlyCollection<StoredScore> scores, CancellationToken cancellationToken = default) =>
        inner.AddAsync(scores, cancellationToken);

    public IAsyncEnumerable<StoredScore> ReadAllAsync(CancellationToken cancellationToken = default) => inner.ReadAllAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
