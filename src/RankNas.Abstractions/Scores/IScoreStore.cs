using RankNas.Proxies;

namespace RankNas.Scores;

/// <summary>Keeps scores, so that no network is ever scored twice.</summary>
/// <remarks>Implementations are safe for concurrent use. A stored score is never replaced, except a failed one by one that
/// is not.</remarks>
public interface IScoreStore : IAsyncDisposable
{
    /// <summary>Finds scores of a scope, of any numerics: the caller distinguishes them by their keys.</summary>
    /// <param name="scope">The scope; its <see cref="ScoreScope.Numerics"/> are ignored.</param>
    /// <param name="architectures">The architectures' texts.</param>
    /// <param name="proxies">The proxies asked for.</param>
    /// <param name="cancellationToken">Cancels the search of the store.</param>
    /// <returns>The scores found, by key.</returns>
    ValueTask<IReadOnlyDictionary<ScoreKey, StoredScore>> FindAsync(
        ScoreScope scope,
        IReadOnlyCollection<string> architectures,
        IReadOnlyCollection<ProxyDescriptor> proxies,
        CancellationToken cancellationToken = default);

    /// <summary>Stores scores, all or none; once the task has completed, they are durable.</summary>
    ValueTask AddAsync(IReadOnlyCollection<StoredScore> scores, CancellationToken cancellationToken = default);

    /// <summary>Reads every score, in no particular order.</summary>
    IAsyncEnumerable<StoredScore> ReadAllAsync(CancellationToken cancellationToken = default);
}
