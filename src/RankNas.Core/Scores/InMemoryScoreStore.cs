using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace RankNas;

/// <summary>Keeps scores as long as it lives.</summary>
public sealed class InMemoryScoreStore : IScoreStore
{
    private readonly ConcurrentDictionary<ScoreKey, StoredScore> _scores = new();

    /// <summary>Gets how many scores there are.</summary>
    public int Count => _scores.Count;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<ScoreKey, StoredScore>> FindAsync(
        ScoreScope scope,
        IReadOnlyCollection<string> architectures,
        IReadOnlyCollection<ProxyDescriptor> proxies,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(architectures);
        ArgumentNullException.ThrowIfNull(proxies);

        var found = new Dictionary<ScoreKey, StoredScore>();
        foreach (string architecture in architectures)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (ProxyDescriptor proxy in proxies)
            {
                var key = new ScoreKey(scope, architecture, proxy.Id, proxy.Settings);
                if (_scores.TryGetValue(key, out StoredScore? score))
                {
                    found[key] = score;
                }
            }
        }

        return ValueTask.FromResult<IReadOnlyDictionary<ScoreKey, StoredScore>>(found);
    }

    /// <inheritdoc/>
    public ValueTask AddAsync(IReadOnlyCollection<StoredScore> scores, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scores);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (StoredScore score in scores)
        {
            _scores.TryAdd(score.Key, score);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredScore> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach ((_, StoredScore score) in _scores)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return score;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
