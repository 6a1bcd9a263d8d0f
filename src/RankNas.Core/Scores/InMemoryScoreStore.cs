using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace RankNas.Scores;

/// <summary>Keeps scores in memory, for the lifetime of the object.</summary>
public sealed class InMemoryScoreStore : IScoreStore
{
    // By keys without numerics: one score as a rule.
    private readonly ConcurrentDictionary<ScoreKey, ImmutableArray<StoredScore>> _scores = new();

    /// <summary>Gets how many scores there are.</summary>
    public int Count => _scores.Values.Sum(scores => scores.Length);

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

        ScoreScope any = Any(scope);
        var found = new Dictionary<ScoreKey, StoredScore>();
        foreach (string architecture in architectures)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (ProxyDescriptor proxy in proxies)
            {
                if (_scores.TryGetValue(new ScoreKey(any, architecture, proxy.Id, proxy.Settings), out ImmutableArray<StoredScore> scores))
                {
                    foreach (StoredScore score in scores)
                    {
                        found[score.Key] = score;
                    }
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
            _scores.AddOrUpdate(score.Key with { Scope = Any(score.Key.Scope) }, _ => [score], (_, scores) => With(scores, score));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredScore> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (StoredScore score in _scores.Values.SelectMany(scores => scores))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return score;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static ScoreScope Any(ScoreScope scope) => scope with { Numerics = "" };

    private static ImmutableArray<StoredScore> With(ImmutableArray<StoredScore> scores, StoredScore score)
    {
        StoredScore? known = scores.FirstOrDefault(one => one.Key == score.Key);
        return known is null ? scores.Add(score)
            : known.Score.Kind == ScoreKind.Failed && score.Score.Kind != ScoreKind.Failed ? scores.Replace(known, score)
            : scores;
    }
}
