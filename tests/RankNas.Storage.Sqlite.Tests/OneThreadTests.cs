namespace RankNas.Storage.Sqlite.Tests;

/// <summary>Nothing waits for the thread that it was called on, which may wait for it.</summary>
public sealed class OneThreadTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("scores.csv")]
    [InlineData("scores.csv.gz")]
    [InlineData("scores.jsonl.gz")]
    public void AStoreAndItsFiles_MayBeWaitedFor(string file) => OneThread.Block(async () =>
    {
        // Each is waited for by itself, as a handler of a button would.
        SqliteScoreStore store = Wait(SqliteScoreStore.OpenAsync(_folder.File("scores.db"), CancellationToken.None).AsTask());
        Wait(store.AddAsync([.. Enumerable.Range(0, 2500).Select(index => Scores.Of($"a{index}", index))], CancellationToken.None).AsTask());
        Wait(store.ExportAsync(_folder.File(file), CancellationToken.None)).Should().Be(2500);
        Wait(store.ImportAsync(_folder.File(file), CancellationToken.None)).Should().Be(2500);
        Wait(store.DisposeAsync().AsTask());
        await Task.CompletedTask.ConfigureAwait(false);
    });

    [Fact]
    public async Task ExportAsync_Cancelled_LeavesNoFile()
    {
        await using SqliteScoreStore store = await SqliteScoreStore.OpenAsync(_folder.File("scores.db"), TestContext.Current.CancellationToken);
        await store.AddAsync([Scores.Of("a", 1)], TestContext.Current.CancellationToken);
        await FluentActions.Awaiting(() => store.ExportAsync(_folder.File("scores.csv"), new CancellationToken(canceled: true)))
            .Should().ThrowAsync<OperationCanceledException>();
        Directory.GetFiles(_folder.Path).Should().NotContain(path => path.Contains("scores.csv", StringComparison.Ordinal));
    }

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static void Wait(Task task) => task.GetAwaiter().GetResult();
}
