using System.Globalization;
using RankNas.Scores;
using RankNas.Storage.Sqlite;

// Adds scores first to last, one by one, and prints each number once it is kept: FILE FIRST LAST.
await using SqliteScoreStore store = await SqliteScoreStore.OpenAsync(args[0]);
var scope = new ScoreScope("probe", "3x8x8/10", "images", "default", "float32", "cpu", 0, 0);
for (int index = int.Parse(args[1], CultureInfo.InvariantCulture); index <= int.Parse(args[2], CultureInfo.InvariantCulture); index++)
{
    var key = new ScoreKey(scope, $"architecture {index}", "naswot", "");
    await store.AddAsync([new StoredScore(key, Score.Of(index), 0.1)]);
    Console.WriteLine(index);
}
