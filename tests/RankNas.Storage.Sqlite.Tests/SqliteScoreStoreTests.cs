using CsCheck;
using Microsoft.Data.Sqlite;
using RankNas.Scores;

namespace RankNas.Storage.Sqlite.Tests;

public sealed class SqliteScoreStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => _folder.File("scores.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AddAsync_AnyNumber_IsFoundAgainBitForBit()
    {
        double[] values = [.. Gen.Double.Array[200].Single(), 0.0, -0.0, double.Epsilon, -double.Epsilon, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity];
        StoredScore[] scores = [.. values.Select((value, index) => Scores.Of($"a{index}", value))];
        await using (SqliteScoreStore store = await SqliteScoreStore.OpenAsync(File, Token))
        {
            await store.AddAsync(scores, Token);
        }

        await using SqliteScoreStore again = await SqliteScoreStore.OpenAsync(File, Token);
        var found = await again.FindAsync([.. scores.Select(score => score.Key.Architecture)]);
        found.Should().HaveCount(scores.Length);
        foreach (StoredScore score in scores)
        {
            StoredScore back = found[score.Key];
            back.Score.Kind.Should().Be(score.Score.Kind);
            back.Seconds.Should().Be(0.25);
            BitConverter.DoubleToInt64Bits(back.Score.Value).Should().Be(BitConverter.DoubleToInt64Bits(score.Score.Value));
        }
    }

    [Fact]
    public async Task AddAsync_FailedScore_KeepsItsReason()
    {
        await using SqliteScoreStore store = await SqliteScoreStore.OpenAsync(File, Token);
        await store.AddAsync([Scores.Failed("a", "out of memory; 'quoted', \"twice\"\nand a line")], Token);

        (await store.FindAsync("a")).Values.Should().ContainSingle().Which.Score.Should().Be(Score.Failed("out of memory; 'quoted', \"twice\"\nand a line"));
    }

    [Fact]
    public async Task AddAsync_Again_LeavesTheFirst()
    {
        await using SqliteScoreStore store = await SqliteScoreStore.OpenAsync(File, Token);
        await store.AddAsync([Scores.Of("a", 1)], Token);
        await store.AddAsync([Scores.Of("a", 2), Scores.Of("b", 3)], Token);

        (await store.FindAsync("a", "b")).Values.Select(score => score.Score.Value).Should().BeEquivalentTo([1.0, 3.0]);
    }

    [Fact]
    public async Task FindAsync_AnythingElse_FindsNothing()
    {
        await using SqliteScoreStore store = await SqliteScoreStore.OpenAsync(File, Token);
        await store.AddAsync([Scores.Of("a", 1)], Token);
        ScoreScope scope = Scores.Scope;
        ScoreScope[] others =
        [
            scope with { Space = "x" }, scope with { Shape = "x" }, scope with { Images = "x" }, scope with { Initialization = "x" },
            scope with { Precision = "x" }, scope with { Device = "x" }, scope with { Seed = 2 }, scope with { Repeat = 1 },
        ];

        foreach (ScoreScope other in others)
        {
            (await store.FindAsync(other, ["a"], [Scores.Proxy("naswot")], Token)).Should().BeEmpty();
        }

        (await store.FindAsync(scope, ["A"], [Scores.Proxy("naswot")], Token)).Should().BeEmpty();
        (await store.FindAsync(scope, ["a"], [Scores.Proxy("naswot", "other settings"), Scores.Proxy("synflow")], Token)).Should().BeEmpty();
        (await store.FindAsync(scope, ["a"], [Scores.Proxy("naswot")], Token)).Should().ContainSingle();
    }

    [Fact]
    public async Task ReadAllAsync_ManyPages_GivesEachOnce()
    {
        StoredScore[] scores = [.. Enumerable.Range(0, 2_500).SelectMany(index =>
            (StoredScore[])[Scores.Of($"a{index}", index), Scores.Of($"a{index}", -index, "logsynflow")])];
        await using SqliteScoreStore store = await SqliteScoreStore.OpenAsync(File, Token);
        await store.AddAsync(scores, Token);

        List<StoredScore> all = await store.AllAsync();
        all.Should().HaveCount(5_000);
        all.ToHashSet().SetEquals(scores).Should().BeTrue();
        (await store.FindAsync([.. scores.Select(score => score.Key.Architecture).Distinct()])).Should().HaveCount(5_000);
    }

    [Fact]
    public async Task TwoProcesses_AddingAtOnce_LoseNothing()
    {
        int[][] printed = await Task.WhenAll(RunProbeAsync(1, 150), RunProbeAsync(100, 250), RunProbeAsync(1, 250));

        printed.Should().AllSatisfy(numbers => numbers.Should().NotBeEmpty());
        await using SqliteScoreStore store = await SqliteScoreStore.OpenAsync(File, Token);
        (await store.AllAsync()).Select(score => score.Score.Value).Should().BeEquivalentTo(Enumerable.Range(1, 250).Select(number => (double)number));
    }

    [Fact]
    public async Task KilledWhileAdding_WhatWasKeptIsThere()
    {
        int last = 0;
        for (int round = 0; round < 3; round++)
        {
            using var probe = Probe.Start(File, last + 1, 1_000_000);
            for (int line = 0; line < 20 + 7 * round; line++)
            {
                last = int.Parse((await probe.StandardOutput.ReadLineAsync(Token))!, System.Globalization.CultureInfo.InvariantCulture);
            }

            probe.Kill();
            await probe.WaitForExitAsync(Token);
            await using SqliteScoreStore store = await SqliteScoreStore.OpenAsync(File, Token);
            (await store.AllAsync()).Select(score => (int)score.Score.Value).Should().Contain(Enumerable.Range(1, last));
        }
    }

    [Fact]
    public async Task AddAsync_DiskFull_IsOneErrorAndLosesNothing()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip();
        string file = Path.Combine(disk.Path, "scores.db");
        int kept = 0;
        await using (SqliteScoreStore store = await SqliteScoreStore.OpenAsync(file, Token))
        {
            Func<Task> fill = async () =>
            {
                for (; kept < 100_000; kept++)
                {
                    await store.AddAsync([Scores.Failed($"a{kept}", new string('x', 2_000))], Token);
                }
            };
            (await fill.Should().ThrowAsync<ScoreStoreException>()).WithMessage("*the disk is full or failing. Free some space*what was stored is safe*");
        }

        kept.Should().BePositive();
        await using SqliteScoreStore again = await SqliteScoreStore.OpenAsync(disk.Copy(file, _folder), Token);
        (await again.AllAsync()).Should().HaveCount(kept);
    }

    [Fact]
    public async Task OpenAsync_NoDatabase_SaysSoAndLeavesIt()
    {
        byte[] text = [.. Enumerable.Repeat("This is a letter, not a store. "u8.ToArray(), 400).SelectMany(part => part)];
        await RefuseAsync(text, "*is no score store: name another file*");
    }

    [Fact]
    public async Task OpenAsync_ForeignDatabase_SaysSoAndLeavesIt()
    {
        string foreign = _folder.File("foreign.db");
        using (var connection = new SqliteConnection($"Data Source={foreign};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE letters (text TEXT)";
            command.ExecuteNonQuery();
        }

        await RefuseAsync(await System.IO.File.ReadAllBytesAsync(foreign, Token), "*is a SQLite file, but no score store: name another file*");
    }

    [Fact]
    public async Task OpenAsync_DamagedStore_SaysWhatToDoAndLeavesIt()
    {
        byte[] store = await StoreBytesAsync();
        byte[] flipped = [.. store];
        for (int page = 1; page < flipped.Length / 4096; page++)
        {
            flipped.AsSpan(page * 4096, 64).Fill(0xA5);
        }

        await RefuseAsync(flipped, "*is damaged*.recover*");
        await RefuseAsync(store[..(store.Length / 2)], "*is damaged*.recover*");
    }

    [Fact]
    public async Task OpenAsync_NewerFormat_SaysSo()
    {
        byte[] store = await StoreBytesAsync();

        // The user version is at byte 60 of the header.
        store[63] = 9;
        await RefuseAsync(store, "*written by a newer RankNas (format 9, this one knows 3)*");
    }

    [Fact]
    public async Task OpenAsync_NoFolder_SaysSo()
    {
        Func<Task> open = async () => await SqliteScoreStore.OpenAsync(Path.Combine(_folder.Path, "none", "scores.db"), Token);
        (await open.Should().ThrowAsync<ScoreStoreException>()).WithMessage("There is no folder*create it, or name another file.");
    }

    [Fact]
    public async Task OpenAsync_AFolder_SaysSo()
    {
        Func<Task> open = async () => await SqliteScoreStore.OpenAsync(_folder.Path, Token);
        (await open.Should().ThrowAsync<ScoreStoreException>()).WithMessage("*check that it is a file*");
    }

    [Theory]
    [MemberData(nameof(SpecialFiles.Kinds), MemberType = typeof(SpecialFiles))]
    public async Task OpenAsync_NoFile_IsRefusedAtOnce(string kind)
    {
        string path = SpecialFiles.Create(_folder, kind);
        Func<Task> open = async () => await SqliteScoreStore.OpenAsync(path, Token);
        (await open.Should().ThrowAsync<ScoreStoreException>()).WithMessage("*check that it is a file, or name another.");
    }

    [Fact]
    public async Task OpenAsync_EmptyFile_BecomesAStore()
    {
        await System.IO.File.WriteAllBytesAsync(File, [], Token);
        await using SqliteScoreStore store = await SqliteScoreStore.OpenAsync(File, Token);
        (await store.AllAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("PRAGMA user_version = 2")]
    public async Task OpenAsync_StoreOfAnOldFormat_IsMigratedWithAllScores_WhoseNumericsAreUnknown(string change)
    {
        OldStore(change);
        StoredScore[] expected = [Scores.Of("a", 1.5), Scores.Of("b", double.NegativeInfinity), Scores.Failed("c", "broken")];
        for (int time = 0; time < 2; time++)
        {
            await using SqliteScoreStore store = await SqliteScoreStore.OpenAsync(File, Token);
            (await store.AllAsync()).Should().BeEquivalentTo(expected);
            (await store.FindAsync("a", "b", "c")).Should().HaveCount(3);
            await store.AddAsync([Scores.Of("a", 9)], Token);
        }
    }

    [Fact]
    public async Task FindAsync_ScoresByOtherNumerics_AreFoundUnderTheirOwnKeys()
    {
        StoredScore[] all = [Scores.Of("a", 1), By("avx2", "a", 1.001), By("avx512", "b", 2), By("avx2", "c", 3)];
        StoredScore elsewhere = Scores.Of("a", 5) with { Key = Scores.Of("a", 5).Key with { Scope = Scores.Scope with { Seed = 77, Numerics = "avx2" } } };
        await using var memory = new InMemoryScoreStore();
        await using SqliteScoreStore file = await SqliteScoreStore.OpenAsync(File, Token);
        foreach (IScoreStore store in (IScoreStore[])[memory, file])
        {
            await store.AddAsync([.. all, elsewhere], Token);
            IReadOnlyDictionary<ScoreKey, StoredScore> found =
                await store.FindAsync(Scores.Scope with { Numerics = "avx512" }, ["a", "b"], [Scores.Proxy("naswot")], Token);
            found.Values.Should().BeEquivalentTo(all[..3]);
            found.Should().OnlyContain(pair => pair.Key == pair.Value.Key);
            (await store.AllAsync()).Should().BeEquivalentTo([.. all, elsewhere]);
        }

        StoredScore By(string numerics, string architecture, double value) =>
            Scores.Of(architecture, value) with { Key = Scores.Of(architecture, value).Key with { Scope = Scores.Scope with { Numerics = numerics } } };
    }

    [Fact]
    public async Task AddAsync_AFailedScore_GivesWayToOneThatIsNot_AndNoOtherDoes()
    {
        await using var memory = new InMemoryScoreStore();
        await using SqliteScoreStore file = await SqliteScoreStore.OpenAsync(File, Token);
        foreach (IScoreStore store in (IScoreStore[])[memory, file])
        {
            await store.AddAsync([Scores.Failed("a", "first"), Scores.Failed("b", "first"), Scores.Of("c", 3)], Token);
            await store.AddAsync([Scores.Of("a", double.PositiveInfinity), Scores.Failed("b", "second"), Scores.Failed("c", "second")], Token);
            await store.AddAsync([Scores.Of("a", 4), Scores.Of("c", 4)], Token);
            (await store.AllAsync()).Should().BeEquivalentTo([Scores.Of("a", double.PositiveInfinity), Scores.Failed("b", "first"), Scores.Of("c", 3)]);
        }
    }

    [Theory]
    [InlineData("UPDATE scores SET value = 'abc' WHERE architecture = 'a'")]
    [InlineData("UPDATE scores SET value = NULL WHERE architecture = 'a'")]
    [InlineData("UPDATE scores SET value = x'00' WHERE architecture = 'a'")]
    [InlineData("UPDATE scores SET value = 9e999 WHERE architecture = 'a'")]
    [InlineData("UPDATE scores SET value = 1 WHERE architecture = 'c'")]
    [InlineData("UPDATE scores SET failure = NULL WHERE architecture = 'c'")]
    [InlineData("UPDATE scores SET failure = 'x' WHERE architecture = 'a'")]
    [InlineData("UPDATE scores SET kind = 'finite' WHERE architecture = 'b'")]
    [InlineData("UPDATE scores SET seconds = -1")]
    [InlineData("UPDATE scores SET seconds = 'soon'")]
    [InlineData("UPDATE scopes SET repeat = -1")]
    [InlineData("UPDATE scopes SET seed = 'abc'")]
    [InlineData("UPDATE proxies SET name = x'00'")]
    public async Task OpenAsync_OddRow_IsDamagedAndLeft(string change)
    {
        OldStore(change);
        byte[] before = await System.IO.File.ReadAllBytesAsync(File, Token);
        Func<Task> open = async () => await SqliteScoreStore.OpenAsync(File, Token);
        (await open.Should().ThrowAsync<ScoreStoreException>()).WithMessage("*is damaged (*). It was left as it was*");
        (await System.IO.File.ReadAllBytesAsync(File, Token)).AsSpan().SequenceEqual(before).Should().BeTrue();
    }

    [Theory]
    [InlineData("UPDATE scores SET value = 'abc'")]
    [InlineData("UPDATE scores SET value = NULL")]
    [InlineData("UPDATE scores SET kind = 'infinite'")]
    [InlineData("UPDATE scores SET seconds = -1")]
    public async Task Tables_OddRow_AreNotTaken(string change)
    {
        await using (SqliteScoreStore store = await SqliteScoreStore.OpenAsync(File, Token))
        {
            await store.AddAsync([Scores.Of("a", 1)], Token);
        }

        FluentActions.Invoking(() => Run(change)).Should().Throw<SqliteException>().Which.SqliteErrorCode.Should().Be(19);
    }

    [Theory]
    [InlineData("value = 'abc'")]
    [InlineData("value = NULL")]
    [InlineData("kind = 'infinite'")]
    [InlineData("seconds = 'soon'")]
    public async Task ReadAllAsync_RowChangedUnderTheOpenStore_IsDamagedAndNeverZero(string change)
    {
        await using SqliteScoreStore store = await SqliteScoreStore.OpenAsync(File, Token);
        await store.AddAsync([Scores.Of("a", 1)], Token);
        Run("PRAGMA writable_schema = ON; PRAGMA ignore_check_constraints = ON; "
            + "UPDATE sqlite_schema SET sql = replace(sql, 'STRICT, ', '') WHERE name = 'scores'");
        Run($"PRAGMA ignore_check_constraints = ON; UPDATE scores SET {change}");

        await FluentActions.Awaiting(() => store.AllAsync()).Should().ThrowAsync<ScoreStoreException>().WithMessage("*is damaged*");
        await FluentActions.Awaiting(() => store.FindAsync("a")).Should().ThrowAsync<ScoreStoreException>().WithMessage("*is damaged*");
    }

    [Fact]
    public async Task OpenAsync_ThatFails_HoldsNoLock()
    {
        OldStore("UPDATE scores SET value = 'abc' WHERE architecture = 'a'");
        await FluentActions.Awaiting(async () => await SqliteScoreStore.OpenAsync(File, Token)).Should().ThrowAsync<ScoreStoreException>();

        Run("UPDATE scores SET value = 1.5 WHERE architecture = 'a'");
        await using SqliteScoreStore store = await SqliteScoreStore.OpenAsync(File, Token);
        (await store.AllAsync()).Should().HaveCount(3);
    }

    [Fact]
    public async Task OpenAsync_ChangedBytesOfAStore_IsAStoreOrOneError()
    {
        byte[] bytes = await StoreBytesAsync();
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte).Sample(
            (position, value) =>
            {
                byte[] changed = [.. bytes];
                changed[position] = value;
                string file = _folder.File($"{Guid.NewGuid()}.db");
                System.IO.File.WriteAllBytes(file, changed);
                FluentActions.Awaiting(async () =>
                {
                    try
                    {
                        await using SqliteScoreStore store = await SqliteScoreStore.OpenAsync(file, Token);
                        await store.AllAsync();
                    }
                    catch (ScoreStoreException exception)
                    {
                        exception.Message.Should().NotMatchRegex("[\\x00-\\x1f\\x7f]");
                    }
                }).Should().NotThrowAsync().GetAwaiter().GetResult();
            },
            iter: 40);
    }

    /// <summary>Makes a store as the first format had it, of three scores, and changes it.</summary>
    private void OldStore(string change) => Run($"""
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
        INSERT INTO scopes VALUES (1, 'space', '3x32x32/10', 'images/128/gaussian', 'default', 'float32', 'cpu', 1, 0);
        INSERT INTO proxies VALUES (1, 'naswot', '');
        INSERT INTO scores VALUES (1, 'a', 1, 'finite', 1.5, NULL, 0.25), (1, 'b', 1, 'infinite', -9e999, NULL, 0.25), (1, 'c', 1, 'failed', NULL, 'broken', 0.25);
        PRAGMA application_id = 1380860243;
        PRAGMA user_version = 1;
        {change};
        PRAGMA journal_mode = WAL;
        """);

    private void Run(string text)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private async Task RefuseAsync(byte[] content, string message)
    {
        string file = _folder.File($"{Guid.NewGuid()}.db");
        await System.IO.File.WriteAllBytesAsync(file, content, Token);
        Func<Task> open = async () => await SqliteScoreStore.OpenAsync(file, Token);
        (await open.Should().ThrowAsync<ScoreStoreException>()).WithMessage(message);
        (await System.IO.File.ReadAllBytesAsync(file, Token)).AsSpan().SequenceEqual(content).Should().BeTrue("it is left as it was");
    }

    private async Task<byte[]> StoreBytesAsync()
    {
        await using (SqliteScoreStore store = await SqliteScoreStore.OpenAsync(File, Token))
        {
            await store.AddAsync([.. Enumerable.Range(0, 2_000).Select(index => Scores.Of($"architecture {index}", index))], Token);
        }

        return await System.IO.File.ReadAllBytesAsync(File, Token);
    }

    private async Task<int[]> RunProbeAsync(int first, int last)
    {
        using var probe = Probe.Start(File, first, last);
        string output = await probe.StandardOutput.ReadToEndAsync(Token);
        await probe.WaitForExitAsync(Token);
        probe.ExitCode.Should().Be(0);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
    }
}
