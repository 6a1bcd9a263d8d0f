using System.Runtime.CompilerServices;
using System.Text.Json;
using RankNas.Proxies;

namespace RankNas.Storage.Sqlite;

/// <summary>Keeps scores in a SQLite file, with a write-ahead log. Several processes may share the file.</summary>
/// <remarks>A score is durable when <see cref="AddAsync"/> completes: a killed process loses no score.</remarks>
public sealed class SqliteScoreStore : IScoreStore
{
    private readonly SqliteConnection _connection;
    private readonly string _path;

    // A connection serves one command at a time.
    private readonly SemaphoreSlim _gate = new(1, 1);

    private SqliteScoreStore(SqliteConnection connection, string path)
    {
        _connection = connection;
        _path = path;
    }

    /// <summary>Opens a store; the file is created if it does not exist.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="ScoreStoreException">The file is not a score store, is damaged, or cannot be opened; it is not changed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the store was open; a wait for a lock ends within a second or two.</exception>
    public static async ValueTask<SqliteScoreStore> OpenAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        cancellationToken.ThrowIfCancellationRequested();
        if (FileKinds.Of(path) is var kind and not (FileKind.None or FileKind.File))
        {
            throw new ScoreStoreException($"'{ShownText.Of(path, ShownText.LineLength)}' is {FileKinds.Name(kind)}: check that it is a file, or name another.");
        }

        string fullPath = Path.GetFullPath(path);
        if (Path.GetDirectoryName(fullPath) is { } folder && !Directory.Exists(folder))
        {
            throw new ScoreStoreException($"There is no folder '{folder}' to keep '{Path.GetFileName(path)}' in: create it, or name another file.");
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = fullPath,
            Pooling = false,
            DefaultTimeout = SqliteWait.TurnSeconds,
        }.ConnectionString);
        try
        {
            await SqliteWait.WhileLockedAsync(
                () =>
                {
                    connection.Open();
                    SqliteSchema.Prepare(connection, fullPath);
                    return true;
                },
                fullPath,
                cancellationToken).ConfigureAwait(false);
            return new SqliteScoreStore(connection, fullPath);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ScoreStoreException">The store cannot be read.</exception>
    public ValueTask<IReadOnlyDictionary<ScoreKey, StoredScore>> FindAsync(
        ScoreScope scope,
        IReadOnlyCollection<string> architectures,
        IReadOnlyCollection<ProxyDescriptor> proxies,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(architectures);
        ArgumentNullException.ThrowIfNull(proxies);
        return InTurnAsync(() => Find(scope, architectures, proxies, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ScoreStoreException">The store cannot be written, for example because the disk is full. Stored scores are not affected.</exception>
    public async ValueTask AddAsync(IReadOnlyCollection<StoredScore> scores, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scores);
        await InTurnAsync(() => Add(scores), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps scores as they come, all or none: where taking the next one fails, or is cancelled, none is kept.</summary>
    internal async ValueTask AddAllAsync(IEnumerable<StoredScore> scores, CancellationToken cancellationToken) =>
        await InTurnAsync(() => Add(scores, cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="ScoreStoreException">The store cannot be read.</exception>
    public async IAsyncEnumerable<StoredScore> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Page by page in the order of the key, so that writers are never kept waiting.
        (long Scope, string Architecture, long Proxy) last = (-1, "", -1);
        while (true)
        {
            var page = await InTurnAsync(() => ReadPage(last), cancellationToken).ConfigureAwait(false);
            if (page.Count == 0)
            {
                yield break;
            }

            foreach ((StoredScore score, _) in page)
            {
                yield return score;
            }

            last = page[^1].Position;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        try
        {
            _connection.Dispose();
        }
        finally
        {
            _gate.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private IReadOnlyDictionary<ScoreKey, StoredScore> Find(
        ScoreScope scope, IReadOnlyCollection<string> architectures, IReadOnlyCollection<ProxyDescriptor> proxies, CancellationToken cancellationToken)
    {
        var found = new Dictionary<ScoreKey, StoredScore>();
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = SqliteSchema.Find;
        SqliteSchema.Bind(command, scope);
        command.Parameters.AddWithValue("$architectures", JsonSerializer.Serialize(architectures, StoreJson.Default.IReadOnlyCollectionString));
        HashSet<(string, string)> wanted = [.. proxies.Select(proxy => (proxy.Id, proxy.Settings))];
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            ScoreKey key = ReadKey(Intact(() => scope with { Numerics = SqliteSchema.ReadText(reader, 6) }), reader);
            if (wanted.Contains((key.Proxy, key.Settings)))
            {
                found[key] = Intact(() => SqliteSchema.ReadScore(key, reader, firstColumn: 3));
            }
        }

        return found;
    }

    private bool Add(IEnumerable<StoredScore> scores, CancellationToken cancellationToken = default)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        using (var writer = new SqliteScoreWriter(_connection, transaction))
        {
            foreach (StoredScore score in scores)
            {
                cancellationToken.ThrowIfCancellationRequested();
                writer.Add(score);
            }
        }

        transaction.Commit();
        return true;
    }

    private List<(StoredScore Score, (long, string, long) Position)> ReadPage((long Scope, string Architecture, long Proxy) after)
    {
        var page = new List<(StoredScore, (long, string, long))>();
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = SqliteSchema.ReadPage;
        command.Parameters.AddWithValue("$scope", after.Scope);
        command.Parameters.AddWithValue("$architecture", after.Architecture);
        command.Parameters.AddWithValue("$proxy", after.Proxy);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            ScoreKey key = ReadKey(Intact(() => SqliteSchema.ReadScope(reader, firstColumn: 8)), reader);
            page.Add((Intact(() => SqliteSchema.ReadScore(key, reader, firstColumn: 3)), (reader.GetInt64(6), key.Architecture, reader.GetInt64(7))));
        }

        return page;
    }

    private ScoreKey ReadKey(ScoreScope scope, SqliteDataReader reader) => Intact(() => new ScoreKey(
        scope, SqliteSchema.ReadText(reader, 0), SqliteSchema.ReadText(reader, 1), SqliteSchema.ReadText(reader, 2)));

    private T Intact<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException exception)
        {
            throw SqliteFailure.Damaged(_path, exception.Message, exception);
        }
    }

    private async ValueTask<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await SqliteWait.WhileLockedAsync(work, _path, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }
}
