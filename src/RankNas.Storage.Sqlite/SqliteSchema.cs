namespace RankNas.Storage.Sqlite;

/// <summary>The tables of a score store, and the statements on them.</summary>
internal static class SqliteSchema
{
    /// <summary>How long a lock of another program is waited for.</summary>
    public const int BusyTimeoutSeconds = 60;

    // SQLite does not hear of cancelling: it waits this long, and then is asked again.
    private const int BusyTurnMilliseconds = 100;

    // "RNAS": tells a score store from any other SQLite file.
    private const int ApplicationId = 0x524E4153;
    private const int Version = 3;

    // SQLite has no word for infinity; 9e999 is it.
    private const string Create = """
        CREATE TABLE scopes (
            id INTEGER PRIMARY KEY,
            space TEXT NOT NULL, shape TEXT NOT NULL, images TEXT NOT NULL, initialization TEXT NOT NULL,
            precision TEXT NOT NULL, device TEXT NOT NULL, seed INTEGER NOT NULL, repeat INTEGER NOT NULL CHECK (repeat BETWEEN 0 AND 2147483647),
            numerics TEXT NOT NULL,
            UNIQUE (space, shape, images, initialization, precision, device, seed, repeat, numerics)) STRICT;
        CREATE TABLE proxies (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, settings TEXT NOT NULL, UNIQUE (name, settings)) STRICT;
        CREATE TABLE scores (
            scope INTEGER NOT NULL REFERENCES scopes, architecture TEXT NOT NULL, proxy INTEGER NOT NULL REFERENCES proxies,
            kind TEXT NOT NULL CHECK (kind IN ('finite', 'infinite', 'failed')),
            value REAL CHECK ((value IS NULL) = (kind = 'failed') AND (kind = 'failed' OR (abs(value) = 9e999) = (kind = 'infinite'))),
            failure TEXT CHECK ((failure IS NULL) = (kind <> 'failed')),
            seconds REAL NOT NULL CHECK (seconds >= 0 AND seconds < 9e999),
            PRIMARY KEY (scope, architecture, proxy)) STRICT, WITHOUT ROWID;
        """;

    // Into the tables of today, whose checks refuse an odd row (version 1 had none); of old scores nobody knows what computed them (version 2 had no numerics).
    private const string Migrate = $"""
        ALTER TABLE scopes RENAME TO old_scopes;
        ALTER TABLE proxies RENAME TO old_proxies;
        ALTER TABLE scores RENAME TO old_scores;
        {Create}
        INSERT INTO scopes SELECT id, space, shape, images, initialization, precision, device, seed, repeat, '{ScoreScope.UnknownNumerics}' FROM old_scopes;
        INSERT INTO proxies SELECT id, name, settings FROM old_proxies;
        INSERT INTO scores SELECT scope, architecture, proxy, kind, value, failure, seconds FROM old_scores;
        DROP TABLE old_scores;
        DROP TABLE old_scopes;
        DROP TABLE old_proxies;
        """;

    private const string IsScope =
        "space = $space AND shape = $shape AND images = $images AND initialization = $initialization "
        + "AND precision = $precision AND device = $device AND seed = $seed AND repeat = $repeat";

    // By whatever numerics, of which there are one or two.
    public const string Find = $"""
        SELECT scores.architecture, proxies.name, proxies.settings, scores.kind, scores.value, scores.failure, scopes.numerics, scores.seconds
        FROM scopes CROSS JOIN json_each($architectures) AS wanted
        CROSS JOIN scores ON scores.scope = scopes.id AND scores.architecture = wanted.value
        JOIN proxies ON proxies.id = scores.proxy
        WHERE {IsScope}
        """;

    public const string AddScope = $"""
        INSERT OR IGNORE INTO scopes (space, shape, images, initialization, precision, device, seed, repeat, numerics)
        VALUES ($space, $shape, $images, $initialization, $precision, $device, $seed, $repeat, $numerics);
        SELECT id FROM scopes WHERE {IsScope} AND numerics = $numerics
        """;

    public const string AddProxy = """
        INSERT OR IGNORE INTO proxies (name, settings) VALUES ($name, $settings);
        SELECT id FROM proxies WHERE name = $name AND settings = $settings
        """;

    // The first score stays, but for a failed one; OR IGNORE would also swallow a broken constraint.
    public const string AddScore = """
        INSERT INTO scores (scope, architecture, proxy, kind, value, failure, seconds)
        VALUES ($scope, $architecture, $proxy, $kind, $value, $failure, $seconds)
        ON CONFLICT (scope, architecture, proxy) DO UPDATE
        SET kind = excluded.kind, value = excluded.value, failure = excluded.failure, seconds = excluded.seconds
        WHERE scores.kind = 'failed' AND excluded.kind <> 'failed'
        """;

    public const string ReadPage = """
        SELECT architecture, name, settings, kind, value, failure, scores.scope, scores.proxy,
            space, shape, images, initialization, precision, device, seed, repeat, numerics, seconds
        FROM scores JOIN scopes ON scopes.id = scores.scope JOIN proxies ON proxies.id = scores.proxy
        WHERE (scores.scope, scores.architecture, scores.proxy) > ($scope, $architecture, $proxy)
        ORDER BY scores.scope, scores.architecture, scores.proxy LIMIT 1000
        """;

    /// <summary>Sets a connection up, makes the tables in a new file, and refuses a file that is no intact score store.</summary>
    public static void Prepare(SqliteConnection connection, string path)
    {
        if (Number(connection, "PRAGMA schema_version") != 0 && Number(connection, "PRAGMA application_id") != ApplicationId)
        {
            throw new ScoreStoreException($"'{ShownText.Of(path, ShownText.LineLength)}' is a SQLite file, but no score store: name another file. It was left as it was.");
        }

        Run(connection, $"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = {BusyTurnMilliseconds}");

        // Two processes may start with the same new file: the second one waits here, and finds the tables made.
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        long version = Number(connection, "PRAGMA user_version", transaction);
        if (version > Version)
        {
            throw new ScoreStoreException(
                $"'{ShownText.Of(path, ShownText.LineLength)}' was written by a newer RankNas (format {version}, this one knows {Version}): update RankNas, or name another file.");
        }

        if (version == 0)
        {
            Run(connection, $"{Create} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}", transaction);
        }
        else if (Text(connection, "PRAGMA quick_check(1)", transaction) is not "ok" and var damage)
        {
            throw SqliteFailure.Damaged(path, damage);
        }
        else if (version < Version)
        {
            MigrateOld(connection, transaction, path);
        }

        transaction.Commit();
    }

    private static void MigrateOld(SqliteConnection connection, SqliteTransaction transaction, string path)
    {
        try
        {
            Run(connection, $"{Migrate} PRAGMA user_version = {Version}", transaction);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
        {
            throw SqliteFailure.Damaged(path, exception.Message, exception);
        }
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
        parameters.AddWithValue("$numerics", scope.Numerics);
    }

    /// <summary>Reads kind, value, failure from three columns, and seconds from the last.</summary>
    /// <exception cref="FormatException">The row is no score: nothing is converted, since SQLite makes 0 of any text.</exception>
    public static StoredScore ReadScore(ScoreKey key, SqliteDataReader reader, int firstColumn)
    {
        object seconds = reader.GetValue(reader.FieldCount - 1);
        Score? score = (reader.GetValue(firstColumn), reader.GetValue(firstColumn + 1), reader.GetValue(firstColumn + 2)) switch
        {
            ("failed", DBNull, string failure) when !string.IsNullOrWhiteSpace(failure) => Score.Failed(failure),
            (string kind, double value, DBNull) when ScoreRecord.KindOf(Score.Of(value)) == kind => Score.Of(value),
            _ => null,
        };
        return score is not null && seconds is double and >= 0 and < double.PositiveInfinity
            ? new StoredScore(key, score.Value, (double)seconds)
            : throw new FormatException(
                $"the score of '{ShownText.Of(key.Architecture, ShownText.LineLength)}' by {ShownText.Of(key.Proxy)} has a kind, a value or seconds that are none");
    }

    /// <exception cref="FormatException">The row is no scope.</exception>
    public static ScoreScope ReadScope(SqliteDataReader reader, int firstColumn) => new(
        ReadText(reader, firstColumn),
        ReadText(reader, firstColumn + 1),
        ReadText(reader, firstColumn + 2),
        ReadText(reader, firstColumn + 3),
        ReadText(reader, firstColumn + 4),
        ReadText(reader, firstColumn + 5),
        ReadInteger(reader, firstColumn + 6, long.MinValue, long.MaxValue),
        (int)ReadInteger(reader, firstColumn + 7, 0, int.MaxValue),
        ReadText(reader, firstColumn + 8));

    /// <exception cref="FormatException">It is no text.</exception>
    public static string ReadText(SqliteDataReader reader, int column) =>
        reader.GetValue(column) as string ?? throw new FormatException($"{reader.GetName(column)} is no text");

    private static long ReadInteger(SqliteDataReader reader, int column, long least, long most) =>
        reader.GetValue(column) is long integer && integer >= least && integer <= most
            ? integer
            : throw new FormatException($"{reader.GetName(column)} is no whole number in its range");

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
