using System.Diagnostics;

namespace RankNas.Storage.Sqlite;

/// <summary>Waits for other programs that have a file locked, and hears of cancelling meanwhile, which SQLite's own wait does not.</summary>
internal static class SqliteWait
{
    /// <summary>How long a single statement waits for a lock: the shortest that the driver knows.</summary>
    public const int TurnSeconds = 1;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Does work again and again while the file is locked, for <see cref="SqliteSchema.BusyTimeoutSeconds"/> at most.</summary>
    /// <param name="work">The work, which changes nothing where it throws.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the wait for a lock.</param>
    /// <exception cref="ScoreStoreException">The file is still locked, or something else is wrong with it.</exception>
    public static async ValueTask<T> WhileLockedAsync<T>(Func<T> work, string path, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return work();
            }
            catch (SqliteException exception)
            {
                if (!IsLocked(exception) || Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(SqliteSchema.BusyTimeoutSeconds))
                {
                    throw SqliteFailure.Explain(exception, path);
                }
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsLocked(SqliteException exception) =>
        exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED;
}
