namespace RankNas.Storage.Sqlite;

/// <summary>Turns SQLite's errors into what a user can do about them.</summary>
internal static class SqliteFailure
{
    public static ScoreStoreException Explain(SqliteException exception, string path) => exception.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR => new ScoreStoreException(
            $"The score store '{path}' cannot be written: the disk is full or failing. Free some space and start the same search again; "
            + "what was stored is safe.", exception),
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => new ScoreStoreException(
            $"The score store '{path}' has been locked by another program for {SqliteSchema.BusyTimeoutSeconds} seconds: "
            + "close what holds it and start the same search again; what was stored is safe.", exception),
        SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM => new ScoreStoreException(
            $"The score store '{path}' cannot be opened for writing: check that it is a file, and that you may write it and its folder.", exception),
        SQLitePCL.raw.SQLITE_NOTADB => new ScoreStoreException(
            $"'{path}' is no score store: name another file. It was left as it was.", exception),
        SQLitePCL.raw.SQLITE_CORRUPT => Damaged(path, exception.Message, exception),
        _ => new ScoreStoreException($"The score store '{path}' failed: {exception.Message}", exception),
    };

    public static ScoreStoreException Damaged(string path, string? damage, Exception? cause = null) => new(
        $"The score store '{path}' is damaged ({ShownText.Of(ErrorText.FirstLineOf(damage), ShownText.LineLength)}). It was left as it was: name another file, or save what can be saved with "
        + $"'sqlite3 \"{path}\" .recover | sqlite3 recovered.db'.", cause);
}
