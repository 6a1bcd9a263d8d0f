using RankNas.Proxies;

namespace RankNas.Scores;

/// <summary>Keeps scores, so that no network is ever scored twice.</summary>
/// <remarks>Implementations are safe for concurrent use. A score, once kept, is never changed: the first one stays, but a failed one gives way to one that
/// is not.</remarks>
public interface IScoreStore : IAsyncDisposable
{
    /// <summary>Finds scores of a scope, by whatever numerics: who asks has to tell them apart by their keys.</summary>
    /// <param name="scope">The scope; its <see cref="ScoreScope.Numerics"/> is no condition.</param>
    /// <param name="architectures">The architectures' texts.</param>
    /// <param name="proxies">The proxies asked for.</param>
    /// <param name="cancellationToken">Cancels the search of the store.</param>
    /// <returns>What there is, by key; what is missing is absent.</returns>
    ValueTask<IReadOnlyDictionary<ScoreKey, StoredScore>> FindAsync(
        ScoreScope scope,
        IReadOnlyCollection<string> architectures,
        IReadOnlyCollection<ProxyDescriptor> proxies,
        CancellationToken cancellationToken = default);

    /// <summary>Keeps scores, all or none; when the task completes, they survive the process.</summary>
    ValueTask AddAsync(IReadOnlyCollection<StoredScore> scores, CancellationToken cancellationToken = default);

    /// <summary>Reads every score, in no particular order.</summary>
    IAsyncEnumerable<StoredScore> ReadAllAsync(CancellationToken cancellationToken = default);
}
