using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace RankNas.Storage.Sqlite.Tests;

/// <summary>Waiting for a lock of another program ends when the lock does, or with cancelling.</summary>
public sealed class SqliteWaitTests : IDisposable
{
    // SQLite alone would wait for a minute.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => _folder.File("scores.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OpenAsync_ALockedFile_HearsOfCancelling()
    {
        await (await SqliteScoreStore.OpenAsync(File, Token)).DisposeAsync();
        using SqliteConnection other = Lock();
        await ShouldHearOfCancellingAsync(async token => await SqliteScoreStore.OpenAsync(File, token));
    }

    [Fact]
    public async Task AddAsync_ALockedFile_HearsOfCancelling_AndKeepsNothing()
    {
        await using SqliteScoreStore store = await SqliteScoreStore.OpenAsync(File, Token);
        using (Lock())
        {
            await ShouldHearOfCancellingAsync(async token => await store.AddAsync([Scores.Of("a", 1)], token));
        }

        (await store.FindAsync("a")).Should().BeEmpty();
    }

    [Fact]
    public async Task AddAsync_AFileThatIsLockedForAWhile_IsWrittenThen()
    {
        await using SqliteScoreStore store = await SqliteScoreStore.OpenAsync(File, Token);
        SqliteConnection other = Lock();
        Task adding = Task.Run(async () => await store.AddAsync([Scores.Of("a", 1)], Token), Token);
        await Task.Delay(TimeSpan.FromSeconds(2.5), Token);
        adding.IsCompleted.Should().BeFalse();
        other.Dispose();
        await adding;
        (await store.FindAsync("a")).Should().ContainSingle();
    }

    private static async Task ShouldHearOfCancellingAsync(Func<CancellationToken, Task> work)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        cancellation.CancelAfter(TimeSpan.FromMilliseconds(300));
        long start = Stopwatch.GetTimestamp();
        await FluentActions.Awaiting(() => work(cancellation.Token)).Should().ThrowAsync<OperationCanceledException>();
        Stopwatch.GetElapsedTime(start).Should().BeLessThan(Soon);
    }

    private SqliteConnection Lock()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=false");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "BEGIN EXCLUSIVE";
        command.ExecuteNonQuery();
        return connection;
    }
}
