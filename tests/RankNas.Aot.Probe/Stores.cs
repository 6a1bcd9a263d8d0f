using RankNas.Proxies;
using RankNas.Scores;
using RankNas.Storage.Sqlite;

namespace RankNas.Aot.Probe;

/// <summary>Scores in a file, written and read again.</summary>
internal static class Stores
{
    private static readonly ScoreScope Scope = new("nats-sss", "3x32x32/10", "images", "kaiming", "float32", "cpu", 1, 0);

    public static async Task PrintAsync()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await using (SqliteScoreStore store = await SqliteScoreStore.OpenAsync(path))
            {
                await store.AddAsync([Stored("8:8:8:8:8", Score.Of(1.5)), Stored("16:8:8:8:8", Score.Failed("it is not a number"))]);
            }

            await using SqliteScoreStore again = await SqliteScoreStore.OpenAsync(path);
            foreach ((ScoreKey key, StoredScore stored) in await again.FindAsync(Scope, ["8:8:8:8:8"], [new ProxyDescriptor("naswot", "", ScoreDirection.HigherIsBetter)]))
            {
                Console.WriteLine($"{key} {stored.Score} {stored.Seconds}");
            }

            await foreach (StoredScore stored in again.ReadAllAsync())
            {
                Console.WriteLine(stored);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static StoredScore Stored(string architecture, Score score) => new(new ScoreKey(Scope, architecture, "naswot", ""), score, 0.25);
}
