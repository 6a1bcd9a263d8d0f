using System.Diagnostics;

namespace RankNas.Tests;

public sealed class ScoreFilesTests : IDisposable
{
    private static readonly StoredScore[] All =
    [
        Scores.Of("|a~0|+|b~0|", 1.0 / 3), Scores.Of("quoted, \"twice\"", double.NegativeInfinity), Scores.Of("c", double.PositiveInfinity),
        Scores.Failed("d", "It broke,\nin two lines."), Scores.Of("c", -1e-300, "logsynflow"),
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

    [Fact]
    public async Task ImportAsync_NotCompressed_SaysSo()
    {
        await File.WriteAllTextAsync(_folder.File("scores.csv.gz"), "plain text", Token);
        await using InMemoryScoreStore store = new();

        (await FluentActions.Awaiting(() => store.ImportAsync(_folder.File("scores.csv.gz"), Token)).Should().ThrowAsync<InvalidDataException>())
            .WithMessage("*is not compressed as its name says*");
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
            """[('c', 'finite', '-1E-300'), ('c', 'infinite', 'Infinity'), ('d', 'failed', ''), ('quoted, "twice"', 'infinite', '-Infinity'), ('|a~0|+|b~0|', 'finite', '0.3333333333333333')]""");
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
}
