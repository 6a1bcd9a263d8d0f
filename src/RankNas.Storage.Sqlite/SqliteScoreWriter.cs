namespace RankNas.Storage.Sqlite;

/// <summary>Adds scores within a transaction, by statements that are prepared once.</summary>
internal sealed class SqliteScoreWriter : IDisposable
{
    private readonly SqliteCommand _addScope;
    private readonly SqliteCommand _addProxy;
    private readonly SqliteCommand _addScore;
    private readonly Dictionary<ScoreScope, long> _scopes = [];
    private readonly Dictionary<(string Id, string Settings), long> _proxies = [];

    public SqliteScoreWriter(SqliteConnection connection, SqliteTransaction transaction)
    {
        _addScope = Create(connection, transaction, SqliteSchema.AddScope);
        _addProxy = Create(connection, transaction, SqliteSchema.AddProxy);
        _addScore = Create(connection, transaction, SqliteSchema.AddScore);
        foreach (string name in (string[])["$scope", "$architecture", "$proxy", "$kind", "$value", "$failure", "$seconds"])
        {
            _addScore.Parameters.AddWithValue(name, DBNull.Value);
        }
    }

    public void Add(StoredScore stored)
    {
        (ScoreScope scope, string architecture, string proxy, string settings) = stored.Key;
        Score score = stored.Score;
        object[] values =
        [
            IdOf(scope),
            architecture,
            IdOf(proxy, settings),
            ScoreRecord.KindOf(score),
            score.Kind == ScoreKind.Failed ? DBNull.Value : score.Value,
            (object?)score.Failure ?? DBNull.Value,
            stored.Seconds,
        ];
        for (int index = 0; index < values.Length; index++)
        {
            _addScore.Parameters[index].Value = values[index];
        }

        _addScore.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _addScope.Dispose();
        _addProxy.Dispose();
        _addScore.Dispose();
    }

    private long IdOf(ScoreScope scope)
    {
        if (!_scopes.TryGetValue(scope, out long id))
        {
            _addScope.Parameters.Clear();
            SqliteSchema.Bind(_addScope, scope);
            id = (long)_addScope.ExecuteScalar()!;
            _scopes.Add(scope, id);
        }

        return id;
    }

    private long IdOf(string proxy, string settings)
    {
        if (!_proxies.TryGetValue((proxy, settings), out long id))
        {
            _addProxy.Parameters.Clear();
            _addProxy.Parameters.AddWithValue("$name", proxy);
            _addProxy.Parameters.AddWithValue("$settings", settings);
            id = (long)_addProxy.ExecuteScalar()!;
            _proxies.Add((proxy, settings), id);
        }

        return id;
    }

    private static SqliteCommand Create(SqliteConnection connection, SqliteTransaction transaction, string text)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = transaction;
        return command;
    }
}
