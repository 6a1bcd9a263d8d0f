using Microsoft.Data.Sqlite;

namespace RankNas;

/// <summary>The tables of a score store, and the statements on them.</summary>
internal static class SqliteSchema
{
    /// <summary>How long a lock of another program is waited for.</summary>
    public const int BusyTimeoutSeconds = 60;

    // SQLite does not hear of cancelling: it waits this long, and then is asked again.
    private const int BusyTurnMilliseconds = 100;

    // "RNAS": tells a score store from any other SQLite file.
    private const int ApplicationId = 0x524E4153;
    private const int Version = 1;

    private const string Create = $"""
        CREATE TABLE scopes (
            id INTEGER PRIMARY KEY,
            space TEXT NOT NULL, shape TEXT NOT NULL, images TEXT NOT NULL, initialization TEXT NOT NULL,
            precision TEXT NOT NULL, device TEXT NOT NULL, seed INTEGER NOT NULL, repeat INTEGER NOT NULL,
            UNIQUE (space, shape, images, initialization, precision, device, seed, repeat));
        CREATE TABLE proxies (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, settings TEXT NOT NULL, UNIQUE (name, settings));
        CREATE TABLE scores (
            scope INTEGER NOT NULL REFERENCES scopes, architecture TEXT NOT NULL, proxy INTEGER NOT NULL REFERENCES proxies,
            kind TEXT NOT NULL CHECK (kind IN ('finite', 'infinite', 'failed')), value REAL, failure TEXT, seconds REAL NOT NULL,
            PRIMARY KEY (scope, architecture, proxy)) WITHOUT ROWID;
        """;

    private const string IsScope =
        "space = $space AND shape = $shape AND images = $images AND initialization = $initialization "
        + "AND precision = $precision AND device = $device AND seed = $seed AND repeat = $repeat";

    public const string Find = $"""
        SELECT scores.architecture, proxies.name, proxies.settings, scores.kind, scores.value, scores.failure, scores.seconds
        FROM json_each($architectures) AS wanted
        CROSS JOIN scores ON scores.scope = (SELECT id FROM scopes WHERE {IsScope}) AND scores.architecture = wanted.value
        JOIN proxies ON proxies.id = scores.proxy
        """;

    public const string AddScope = """
        INSERT OR IGNORE INTO scopes (space, shape, images, initialization, precision, device, seed, repeat)
        VALUES ($space, $shape, $images, $initialization, $precision, $device, $seed, $repeat)
        """;

    public const string AddProxy = "INSERT OR IGNORE INTO proxies (name, settings) VALUES ($name, $settings)";

    // The first score stays: OR IGNORE would also swallow a broken constraint.
    public const string AddScore = $"""
        INSERT INTO scores (scope, architecture, proxy, kind, value, failure, seconds)
        VALUES ((SELECT id FROM scopes WHERE {IsScope}), $architecture, (SELECT id FROM proxies WHERE name = $name AND settings = $settings),
            $kind, $value, $failure, $seconds)
        ON CONFLICT (scope, architecture, proxy) DO NOTHING
        """;

    public const string ReadPage = """
        SELECT architecture, name, settings, kind, value, failure, scores.scope, scores.proxy,
            space, shape, images, initialization, precision, device, seed, repeat, seconds
        FROM scores JOIN scopes ON scopes.id = scores.scope JOIN proxies ON proxies.id = scores.proxy
        WHERE (scores.scope, scores.architecture, scores.proxy) > ($scope, $architecture, $proxy)
        ORDER BY scores.scope, scores.architecture, scores.proxy LIMIT 1000
        """;

    /// <summary>Sets a connection up, makes the tables in a new file, and refuses a file that is no intact score store.</summary>
    public static void Prepare(SqliteConnection connection, string path)
    {
        if (Number(connection, "PRAGMA schema_version") != 0 && Number(connection, "PRAGMA application_id") != ApplicationId)
        {
            throw new ScoreStoreException($"'{path}' is a SQLite file, but no score store: name another file. It was left as it was.");
        }

        Run(connection, $"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = {BusyTurnMilliseconds}");

        // Two processes may start with the same new file: the second one waits here, and finds the tables made.
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        long version = Number(connection, "PRAGMA user_version", transaction);
        if (version == 0)
        {
            Run(connection, $"{Create} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}", transaction);
        }
        else if (version != Version)
        {
            throw new ScoreStoreException(
                $"'{path}' was written by a newer RankNas (format {version}, this one knows {Version}): update RankNas, or name another file.");
        }
        else if (Text(connection, "PRAGMA quick_check(1)", transaction) is not "ok" and var damage)
        {
            throw SqliteFailure.Damaged(path, damage);
        }

        transaction.Commit();
    }

    public static void Bind(SqliteCommand command, ScoreScope scope)
    {
        SqliteParameterCollection parameters = command.Parameters;
        parameters.AddWithValue("$space", scope.Space);
        parameters.AddWithValue("$shape", scope.Shape);
        parameters.AddWithValue("$images", scope.Images);
        parameters.AddWithValue("$initialization", scope.Initialization);
        parameters.AddWithValue("$precision", scope.Precision);
        parameters.AddWithValue("$device", scope.Device);
        parameters.AddWithValue("$seed", scope.Seed);
        parameters.AddWithValue("$repeat", scope.Repeat);
    }

    public static void Bind(SqliteCommand command, StoredScore score)
    {
        Bind(command, score.Key.Scope);
        SqliteParameterCollection parameters = command.Parameters;
        parameters.AddWithValue("$architecture", score.Key.Architecture);
        parameters.AddWithValue("$name", score.Key.Proxy);
        parameters.AddWithValue("$settings", score.Key.Settings);
        parameters.AddWithValue("$kind", ScoreRecord.KindOf(score.Score));
        parameters.AddWithValue("$value", score.Score.Kind == ScoreKind.Failed ? DBNull.Value : score.Score.Value);
        parameters.AddWithValue("$failure", (object?)score.Score.Failure ?? DBNull.Value);
        parameters.AddWithValue("$seconds", score.Seconds);
    }

    /// <summary>Reads kind, value, failure from three columns, and seconds from the last.</summary>
    public static StoredScore ReadScore(ScoreKey key, SqliteDataReader reader, int firstColumn)
    {
        Score score = reader.IsDBNull(firstColumn + 1) ? Score.Failed(reader.GetString(firstColumn + 2)) : Score.Of(reader.GetDouble(firstColumn + 1));
        return new StoredScore(key, score, reader.GetDouble(reader.FieldCount - 1));
    }

    public static ScoreScope ReadScope(SqliteDataReader reader, int firstColumn) => new(
        reader.GetString(firstColumn),
        reader.GetString(firstColumn + 1),
        reader.GetString(firstColumn + 2),
        reader.GetString(firstColumn + 3),
        reader.GetString(firstColumn + 4),
        reader.GetString(firstColumn + 5),
        reader.GetInt64(firstColumn + 6),
        reader.GetInt32(firstColumn + 7));

    private static void Run(SqliteConnection connection, string text, SqliteTransaction? transaction = null)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    private static string? Text(SqliteConnection connection, string text, SqliteTransaction? transaction = null)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = transaction;
        return command.ExecuteScalar()?.ToString();
    }

    private static long Number(SqliteConnection connection, string text, SqliteTransaction? transaction = null) =>
        long.Parse(Text(connection, text, transaction)!, System.Globalization.CultureInfo.InvariantCulture);
}
