using RankNas.Proxies;
using RankNas.Scores;

namespace RankNas.Core.Tests.Support;

/// <summary>A store in memory, of which a test may have any member fail.</summary>
internal sealed class FaultyStore : IScoreStore
{
    private readonly InMemoryScoreStore _inner = new();

    public Func<ScoreScope, IReadOnlyDictionary<ScoreKey, StoredScore>?>? FindInstead { get; init; }

    public Func<CancellationToken, Task>? OnFind { get; init; }

    public Func<CancellationToken, Task>? OnAdd { get; init; }

    public Action? OnDispose { get; init; }

    public int Count => _inner.Count;

    public bool IsDisposed { get; private set; }

    public async ValueTask<IReadOnlyDictionary<ScoreKey, StoredScore>> FindAsync(
        ScoreScope scope, IReadOnlyCollection<string> architectures, IReadOnlyCollection<ProxyDescriptor> proxies,
        CancellationToken cancellationToken = default)
    {
        await (OnFind?.Invoke(cancellationToken) ?? Task.CompletedTask);
        return FindInstead is null ? await _inner.FindAsync(scope, architectures, proxies, cancellationToken) : FindInstead(scope)!;
    }

    public async ValueTask AddAsync(IReadOnlyCollection<StoredScore> scores, CancellationToken cancellationToken = default)
    {
        await (OnAdd?.Invoke(cancellationToken) ?? Task.CompletedTask);
        await _inner.AddAsync(scores, cancellationToken);
    }

    public IAsyncEnumerable<StoredScore> ReadAllAsync(CancellationToken cancellationToken = default) => _inner.ReadAllAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        OnDispose?.Invoke();
        return ValueTask.CompletedTask;
    }
}
