using RankNas.Proxies;
using RankNas.Scores;

namespace RankNas.Storage.Sqlite.Tests;

/// <summary>Made-up scores.</summary>
internal static class Scores
{
    public static ScoreScope Scope { get; } = new("space", "3x32x32/10", "images/128/gaussian", "default", "float32", "cpu", 1, 0);

    public static StoredScore Of(string architecture, double value, string proxy = "naswot") =>
        new(new ScoreKey(Scope, architecture, proxy, ""), Score.Of(value), 0.25);

    public static StoredScore Failed(string architecture, string reason) =>
        new(new ScoreKey(Scope, architecture, "naswot", ""), Score.Failed(reason), 0.25);

    public static async Task<IReadOnlyDictionary<ScoreKey, StoredScore>> FindAsync(this IScoreStore store, params string[] architectures) =>
        await store.FindAsync(Scope, architectures, [Proxy("naswot"), Proxy("logsynflow")], TestContext.Current.CancellationToken);

    public static async Task<List<StoredScore>> AllAsync(this IScoreStore store) =>
        await store.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    public static ProxyDescriptor Proxy(string id, string settings = "") => new(id, settings, ScoreDirection.HigherIsBetter);
}
