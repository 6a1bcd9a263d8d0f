using System.Diagnostics;
using RankNas.Proxies;
using RankNas.Scores;

namespace RankNas.Storage.Sqlite.Tests;

public sealed class ScoreStoreExtensionsTests : IDisposable
{
    private static readonly StoredScore[] All =
    [
        Scores.Of("|a~0|+|b~0|", 1.0 / 3), Scores.Of("quoted, \"twice\"", double.NegativeInfinity), Scores.Of("c", double.PositiveInfinity),
        Scores.Failed("d", "It broke,\nin two lines."), Scores.Of("c", -1e-300, "logsynflow"),
        Scores.Of("c", 7) with { Key = Scores.Of("c", 7).Key with { Scope = Scores.Scope with { Numerics = "engine1-avx2-libtorch2.10.0-cpu" } } },
    ];

    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("scores.csv")]
    [InlineData("scores.jsonl")]
    [InlineData("scores.csv.gz")]
    [InlineData("scores.jsonl.gz")]
    public async Task ImportAsync_WhatWasExported_GivesTheSameScores(string name)
    {
        await using InMemoryScoreStore from = new();
        await from.AddAsync(All, Token);
        (await from.ExportAsync(_folder.File(name), Token)).Should().Be(All.Length);

        await using SqliteScoreStore to = await SqliteScoreStore.OpenAsync(_folder.File("scores.db"), Token);
        (await to.ImportAsync(_folder.File(name), Token)).Should().Be(All.Length);

        (await to.AllAsync()).ToHashSet().SetEquals(All).Should().BeTrue();
        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Where(file => file!.StartsWith("scores.", StringComparison.Ordinal) && !file.Contains(".db", StringComparison.Ordinal))
            .Should().Equal([name], "no unfinished file is left");
    }

    [Fact]
    public async Task ImportAsync_AFileFromBeforeNumerics_IsReadAsOfUnknownOnes()
    {
        await File.WriteAllTextAsync(
            _folder.File("old.csv"),
            "Space,Architecture,Proxy,Settings,Kind,Value,Failure,Seconds,Shape,Images,Initialization,Precision,Device,Seed,Repeat\n"
            + "space,a,naswot,,finite,1.5,,0.25,3x32x32/10,images/128/gaussian,default,float32,cpu,1,0\n", Token);
        await File.WriteAllTextAsync(
            _folder.File("old.jsonl"),
            """{"space":"space","architecture":"a","proxy":"naswot","settings":"","kind":"finite","value":"1.5","failure":null,"seconds":0.25,"shape":"3x32x32/10","images":"images/128/gaussian","initialization":"default","precision":"float32","device":"cpu","seed":1,"repeat":0}""",
            Token);
        foreach (string name in (string[])["old.csv", "old.jsonl"])
        {
            await using InMemoryScoreStore store = new();
            await store.ImportAsync(_folder.File(name), Token);
            (await store.AllAsync()).Should().Equal(Scores.Of("a", 1.5));
            Scores.Scope.Numerics.Should().Be("unknown");
        }
    }

    [Fact]
    public async Task ImportAsync_ThePublishedScores_AreRead()
    {
        await using InMemoryScoreStore store = new();
        (await store.ImportAsync(Repository.PathOf("docs", "data", "nats-tss-scores.csv.gz"), Token)).Should().BeGreaterThan(15_284);
    }

    [Theory]
    [InlineData("scores.csv", "no,header\n1,2\n", 1)]
    [InlineData("scores.jsonl", "{}\n", 1)]
    [InlineData("scores.jsonl", "null\n", 1)]
    [InlineData("scores.jsonl", "this is no JSON\n", 1)]
    public async Task ImportAsync_Malformed_NamesTheLineAndImportsNothing(string name, string text, int line)
    {
        await File.WriteAllTextAsync(_folder.File(name), text, Token);
        await using InMemoryScoreStore store = new();
        Func<Task> import = () => store.ImportAsync(_folder.File(name), Token);

        (await import.Should().ThrowAsync<InvalidDataException>()).WithMessage($"*is no file of scores: line {line}:*Nothing was imported.");
        store.Count.Should().Be(0);
    }

    [Theory]
    [InlineData("JSON", "byte 1: 'J' is an invalid start of a value")]
    [InlineData("{\"space\":1,\"space\":2}", "this is no object with the fields of a score, each of its kind and once")]
    [InlineData("[]", "this is no object with the fields of a score, each of its kind and once")]
    public async Task ImportAsync_JsonThatIsNoScore_SaysWhereAndWhyInPlainWords(string line, string reason)
    {
        await File.WriteAllTextAsync(_folder.File("scores.jsonl"), $"\n{line}\n", Token);
        await using InMemoryScoreStore store = new();
        (await FluentActions.Awaiting(() => store.ImportAsync(_folder.File("scores.jsonl"), Token)).Should().ThrowAsync<InvalidDataException>())
            .WithMessage($"*is no file of scores: line 2: {reason}. Nothing was imported.");
    }

    [Fact]
    public async Task ImportAsync_BlankLines_SayNothing()
    {
        await using InMemoryScoreStore from = new();
        await from.AddAsync([Scores.Of("a", 1), Scores.Of("b", 2)], Token);
        foreach (string name in (string[])["scores.jsonl", "scores.csv"])
        {
            await from.ExportAsync(_folder.File(name), Token);
            string[] lines = await File.ReadAllLinesAsync(_folder.File(name), Token);
            await File.WriteAllTextAsync(_folder.File(name), $"\r\n{string.Join("\r\n\r\n", lines)}\r\n\r\n", Token);
            await using InMemoryScoreStore to = new();
            (await to.ImportAsync(_folder.File(name), Token)).Should().Be(2);
        }
    }

    [Theory]
    [InlineData("scores.csv")]
    [InlineData("scores.jsonl")]
    public async Task ImportAsync_OneBadLineAmongGoodOnes_ImportsNothing(string name)
    {
        await using InMemoryScoreStore from = new();
        await from.AddAsync([Scores.Of("a", 1), Scores.Of("b", 2), Scores.Of("c", 3)], Token);
        await from.ExportAsync(_folder.File(name), Token);
        string text = await File.ReadAllTextAsync(_folder.File(name), Token);
        int last = text.LastIndexOf("finite", StringComparison.Ordinal);
        await File.WriteAllTextAsync(_folder.File(name), text[..last] + "failed" + text[(last + 6)..], Token);
        await using InMemoryScoreStore store = new();

        await FluentActions.Awaiting(() => store.ImportAsync(_folder.File(name), Token)).Should().ThrowAsync<InvalidDataException>();
        store.Count.Should().Be(0);
    }

    [Theory]
    [InlineData("scores.csv.gz", false)]
    [InlineData("scores.csv", true)]
    public async Task ImportAsync_NameSaysOtherPacking_GoesByTheContent(string name, bool packed)
    {
        await using InMemoryScoreStore from = new();
        await from.AddAsync(All, Token);
        string exported = packed ? "other.csv.gz" : "other.csv";
        await from.ExportAsync(_folder.File(exported), Token);
        File.Move(_folder.File(exported), _folder.File(name));
        await using InMemoryScoreStore to = new();

        (await to.ImportAsync(_folder.File(name), Token)).Should().Be(All.Length);
    }

    [Theory]
    [InlineData("\r\n", true)]
    [InlineData("\r\n", false)]
    [InlineData("\n", true)]
    public async Task ImportAsync_LineEndsAndMarkOfOtherPrograms_GivesTheSameScores(string lineEnd, bool hasMark)
    {
        await using InMemoryScoreStore from = new();
        await from.AddAsync([Scores.Of("a", 1), Scores.Of("b", 2)], Token);
        foreach (string name in (string[])["scores.csv", "scores.jsonl"])
        {
            await from.ExportAsync(_folder.File(name), Token);
            string text = (await File.ReadAllTextAsync(_folder.File(name), Token)).TrimEnd('\n').Replace("\n", lineEnd, StringComparison.Ordinal);
            await File.WriteAllTextAsync(_folder.File(name), text, new System.Text.UTF8Encoding(hasMark), Token);
            await using InMemoryScoreStore to = new();

            (await to.ImportAsync(_folder.File(name), Token)).Should().Be(2, name);
            (await to.AllAsync()).Should().BeEquivalentTo(await from.AllAsync());
        }
    }

    [Fact]
    public async Task ImportAsync_FileOfASpreadsheet_IsImported()
    {
        await using SqliteScoreStore store = await SqliteScoreStore.OpenAsync(_folder.File("scores.db"), Token);
        (await store.ImportAsync(TestData.Case("scores-crlf.csv"), Token)).Should().Be(2);
        (await store.AllAsync()).Select(score => score.Score.Value).Should().BeEquivalentTo([50.498419413260535, 51.51811918338861]);
    }

    [Fact]
    public async Task ImportAsync_FileCutOff_ImportsNothing()
    {
        await using SqliteScoreStore store = await SqliteScoreStore.OpenAsync(_folder.File("scores.db"), Token);
        Func<Task> import = () => store.ImportAsync(TestData.Case("truncated.csv.gz"), Token);

        (await import.Should().ThrowAsync<InvalidDataException>()).WithMessage("*truncated.csv.gz' is no file of scores: *gzip*cut off*. Nothing was imported.");
        (await store.AllAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("finite", "", "", "1", "0", "0", "line 2: the kind 'finite' does not fit the value ''*")]
    [InlineData("finite", "1,5", "", "1", "0", "0", "*does not fit the value '1,5'*")]
    [InlineData("finite", "NaN", "", "1", "0", "0", "*does not fit the value 'NaN'*")]
    [InlineData("finite", "Infinity", "", "1", "0", "0", "*does not fit the value 'Infinity'*")]
    [InlineData("finite", "1", "broken", "1", "0", "0", "*or there is a failure beside it*")]
    [InlineData("failed", "1", "broken", "1", "0", "0", "line 2: a failed score has its failure, and no value*")]
    [InlineData("failed", "", "", "1", "0", "0", "line 2: a failed score has its failure, and no value*")]
    [InlineData("odd", "1", "", "1", "0", "0", "line 2: the kind 'odd' does not fit*")]
    [InlineData("finite", "1", "", "-1", "0", "0", "line 2: the seconds are -1, and not a finite number from 0*")]
    [InlineData("finite", "1", "", "NaN", "0", "0", "line 2: the seconds are NaN*")]
    [InlineData("finite", "1", "", "1,5", "0", "0", "line 2: column 8 (Seconds): '1,5' is no number*")]
    [InlineData("finite", "1", "", "1", "9223372036854775808", "0", "line 2: column 14 (Seed): '9223372036854775808' is no whole number of 64 bits*")]
    [InlineData("finite", "1", "", "1", "0", "-1", "line 2: column 15 (Repeat): '-1' is no whole number from 0*")]
    [InlineData("finite", "1", "", "1", "0", "2147483648", "line 2: column 15 (Repeat): '2147483648' is no whole number from 0*")]
    public async Task ImportAsync_OddRow_NamesThePlaceAndImportsNothing(
        string kind, string value, string failure, string seconds, string seed, string repeat, string message)
    {
        const string Header = "Space,Architecture,Proxy,Settings,Kind,Value,Failure,Seconds,Shape,Images,Initialization,Precision,Device,Seed,Repeat\n";
        await File.WriteAllTextAsync(
            _folder.File("scores.csv"), $"{Header}s,a,p,,{kind},\"{value}\",{failure},\"{seconds}\",sh,im,in,float32,cpu,{seed},{repeat}\n", Token);
        await using SqliteScoreStore store = await SqliteScoreStore.OpenAsync(_folder.File("scores.db"), Token);
        Func<Task> import = () => store.ImportAsync(_folder.File("scores.csv"), Token);

        (await import.Should().ThrowAsync<InvalidDataException>()).WithMessage($"*scores.csv' is no file of scores: {message}Nothing was imported.");
        (await store.AllAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("scores.csv")]
    [InlineData("scores.jsonl")]
    public async Task ImportAsync_AScoreTwice_ImportsNothing(string name)
    {
        await using InMemoryScoreStore from = new();
        await from.AddAsync([Scores.Of("a", 1), Scores.Of("b", 2)], Token);
        await from.ExportAsync(_folder.File(name), Token);
        string last = (await File.ReadAllLinesAsync(_folder.File(name), Token))[^1];
        await File.AppendAllTextAsync(_folder.File(name), last, Token);
        await using SqliteScoreStore store = await SqliteScoreStore.OpenAsync(_folder.File("scores.db"), Token);
        Func<Task> import = () => store.ImportAsync(_folder.File(name), Token);

        (await import.Should().ThrowAsync<InvalidDataException>()).WithMessage("*by naswot is in it twice. Nothing was imported.");
        (await store.AllAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task ImportAsync_APropertyTwice_IsRefused()
    {
        await using InMemoryScoreStore from = new();
        await from.AddAsync([Scores.Of("a", 1)], Token);
        await from.ExportAsync(_folder.File("scores.jsonl"), Token);
        string line = await File.ReadAllTextAsync(_folder.File("scores.jsonl"), Token);
        await File.WriteAllTextAsync(_folder.File("scores.jsonl"), line.Replace("{", "{\"value\":\"7\",", StringComparison.Ordinal), Token);

        await FluentActions.Awaiting(() => from.ImportAsync(_folder.File("scores.jsonl"), Token)).Should().ThrowAsync<InvalidDataException>();
    }

    [Fact]
    public async Task ImportAsync_ChangedBytesOfAnExport_AreScoresOrRefusedInPlainText()
    {
        await using InMemoryScoreStore from = new();
        await from.AddAsync(All, Token);
        string[] names = ["scores.csv", "scores.jsonl", "scores.csv.gz", "scores.jsonl.gz"];
        foreach (string name in names)
        {
            await from.ExportAsync(_folder.File(name), Token);
        }

        CsCheck.Check.Sample(CsCheck.Gen.Select(CsCheck.Gen.Int[0, 3], CsCheck.Gen.Int[0, 99_999], CsCheck.Gen.Byte, CsCheck.Gen.Bool),
            ((int Which, int Position, byte Value, bool IsCut) one) =>
            {
                byte[] changed = File.ReadAllBytes(_folder.File(names[one.Which]));
                int position = one.Position % changed.Length;
                changed[position] = one.Value;
                string path = _folder.File($"{Guid.NewGuid()}{names[one.Which]}");
                File.WriteAllBytes(path, one.IsCut ? changed[..position] : changed);
                InMemoryScoreStore to = new();
                try
                {
                    to.ImportAsync(path, Token).GetAwaiter().GetResult();
                }
                catch (InvalidDataException exception)
                {
                    exception.Message.Should().NotMatchRegex("[\\x00-\\x1f\\x7f]");
                    to.Count.Should().Be(0);
                }
            },
            iter: 400);
    }

    [Theory]
    [MemberData(nameof(SpecialFiles.Kinds), MemberType = typeof(SpecialFiles))]
    public async Task ImportAsync_NoFile_IsRefusedAtOnce(string kind)
    {
        Assert.SkipWhen(kind == "device", "A device's name ends in no .csv; a link to it does.");
        await using InMemoryScoreStore store = new();
        string path = SpecialFiles.Create(_folder, kind, "scores.csv");
        await FluentActions.Awaiting(() => store.ImportAsync(path, Token)).Should().ThrowAsync<InvalidDataException>().WithMessage("*, not a file: name a CSV or JSON lines file of scores.");
        await FluentActions.Awaiting(() => store.ExportAsync(path, Token)).Should().ThrowAsync<IOException>().WithMessage("*, not a file: name a file to write.");
    }

    [Fact]
    public async Task ExportAndImport_HundredThousandScores_TakeSeconds()
    {
        const int Count = 100_000;
        string file = _folder.File("scores.csv.gz");
        await using (InMemoryScoreStore from = new())
        {
            await from.AddAsync([.. Enumerable.Range(0, Count).Select(index => Scores.Of($"architecture {index}", Math.Sqrt(index)))], Token);
            await from.ExportAsync(file, Token);
        }

        await using SqliteScoreStore store = await SqliteScoreStore.OpenAsync(_folder.File("scores.db"), Token);
        var watch = Stopwatch.StartNew();
        TimeSpan busy = Environment.CpuUsage.TotalTime;
        (await store.ImportAsync(file, Token)).Should().Be(Count);
        TimeSpan import = watch.Elapsed;
        TestContext.Current.SendDiagnosticMessage($"import: {(Environment.CpuUsage.TotalTime - busy).TotalSeconds:F1} s of the processor");
        watch.Restart();
        (await store.ExportAsync(_folder.File("back.csv.gz"), Token)).Should().Be(Count);
        TestContext.Current.SendDiagnosticMessage($"import {import.TotalSeconds:F1} s, export {watch.Elapsed.TotalSeconds:F1} s");

        // Two seconds each on an idle machine.
        import.Should().BeLessThan(TimeSpan.FromSeconds(20));
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task ImportAsync_Cancelled_ImportsNothing()
    {
        await using InMemoryScoreStore from = new();
        await from.AddAsync(All, Token);
        await from.ExportAsync(_folder.File("scores.csv"), Token);
        await using SqliteScoreStore store = await SqliteScoreStore.OpenAsync(_folder.File("scores.db"), Token);

        await FluentActions.Awaiting(() => store.ImportAsync(_folder.File("scores.csv"), new CancellationToken(canceled: true))).Should().ThrowAsync<OperationCanceledException>();
        await FluentActions.Awaiting(() => store.ExportAsync(_folder.File("out.csv"), new CancellationToken(canceled: true))).Should().ThrowAsync<OperationCanceledException>();
        (await store.AllAsync()).Should().BeEmpty();
        Directory.GetFiles(_folder.Path, "*out.csv*").Should().BeEmpty();
    }

    [Fact]
    public void ExportAndImport_WaitedForOnAThreadThatMustGoOn_End()
    {
        using var store = new BlockingStore();
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new NeverRun());
            try
            {
                store.Store.ExportAsync(_folder.File("scores.csv.gz"), Token).Wait(Token);
                store.Store.ImportAsync(_folder.File("scores.csv.gz"), Token).Wait(Token);
            }
            catch (AggregateException exception)
            {
                failure = exception;
            }
        });
        thread.IsBackground = true;
        thread.Start();

        thread.Join(TimeSpan.FromSeconds(60)).Should().BeTrue("nothing waits for the thread that waits");
        failure.Should().BeNull();
    }

    [Fact]
    public async Task ExportAsync_OtherName_SaysWhatToWrite()
    {
        await using InMemoryScoreStore store = new();
        (await FluentActions.Awaiting(() => store.ExportAsync(_folder.File("scores.xml"), Token)).Should().ThrowAsync<ArgumentException>())
            .WithMessage("*should end in .csv, .jsonl, .csv.gz or .jsonl.gz*");
    }

    [Fact]
    public async Task ExportAsync_Csv_IsReadByPythonsCsv()
    {
        await using InMemoryScoreStore store = new();
        await store.AddAsync(All, Token);
        string file = _folder.File("scores.csv");
        await store.ExportAsync(file, Token);
        const string program = "import csv,sys; print(sorted((r['Architecture'], r['Kind'], r['Value']) for r in csv.DictReader(open(sys.argv[1], newline=''))))";
        using Process? python = TryStart("python3", "-c", program, file);
        Assert.SkipWhen(python is null, "There is no python3 here.");
        string output = await python!.StandardOutput.ReadToEndAsync(Token);

        output.Trim().Should().Be(
            """[('c', 'finite', '-1E-300'), ('c', 'finite', '7'), ('c', 'infinite', 'Infinity'), ('d', 'failed', ''), ('quoted, "twice"', 'infinite', '-Infinity'), ('|a~0|+|b~0|', 'finite', '0.3333333333333333')]""");
    }

    private static Process? TryStart(string program, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>A context whose only thread is busy: what is posted to it never runs.</summary>
    private sealed class NeverRun : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }

    /// <summary>A store whose reading goes on elsewhere.</summary>
    private sealed class BlockingStore : IDisposable
    {
        private readonly InMemoryScoreStore _inner = new();

        public BlockingStore() => Store = new Slow(_inner);

        public IScoreStore Store { get; }

        public void Dispose() => _inner.DisposeAsync().AsTask().Wait();

        private sealed class Slow(IScoreStore inner) : IScoreStore
        {
            public ValueTask<IReadOnlyDictionary<ScoreKey, StoredScore>> FindAsync(
                ScoreScope scope, IReadOnlyCollection<string> architectures, IReadOnlyCollection<ProxyDescriptor> proxies, CancellationToken cancellationToken = default) =>
                inner.FindAsync(scope, architectures, proxies, cancellationToken);

            public async ValueTask AddAsync(IReadOnlyCollection<StoredScore> scores, CancellationToken cancellationToken = default)
            {
                await Task.Delay(10, cancellationToken).ConfigureAwait(false);
                await inner.AddAsync(scores, cancellationToken).ConfigureAwait(false);
            }

            public async IAsyncEnumerable<StoredScore> ReadAllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
            {
                await Task.Delay(10, cancellationToken).ConfigureAwait(false);
                foreach (StoredScore score in All)
                {
                    yield return score;
                }
            }

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }
}
