namespace RankNas.Tool.Tests;

public sealed class ScoresCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ExportAndImport_GiveTheSameSearchWithoutScoring()
    {
        string[] search = ["search", "--space", "nats-sss", "--strategy", "random", "--budget", "3", "--batch", "4", "--json", "--store"];
        ToolRun first = await ToolRun.Of([.. search, _folder.File("a.db")]);
        first.ExitCode.Should().Be(0, first.Errors);

        ToolRun export = await ToolRun.Of("scores", "export", "--store", _folder.File("a.db"), "--file", _folder.File("scores.csv.gz"));
        ToolRun import = await ToolRun.Of("scores", "import", "--store", _folder.File("b.db"), "--file", _folder.File("scores.csv.gz"));

        export.Should().BeEquivalentTo(new { ExitCode = 0, Output = "" });
        export.Errors.Trim().Should().Be("9 scores exported.");
        import.Errors.Trim().Should().Be("9 scores imported.");
        ToolRun again = await ToolRun.Of([.. search, _folder.File("b.db")]);
        again.Json.GetProperty("ranked").ToString().Should().Be(first.Json.GetProperty("ranked").ToString());
    }

    [Theory]
    [InlineData("--store is missing*", "scores", "export", "--file", "x.csv")]
    [InlineData("--file is missing*", "scores", "import", "--store", "none.db")]
    [InlineData("--store: there is no file*", "scores", "export", "--store", "none.db", "--file", "x.csv")]
    public async Task WrongArguments_EndWithOneLine(string message, params string[] arguments)
    {
        ToolRun run = await ToolRun.Of([.. arguments.Select(argument => argument == "none.db" ? _folder.File(argument) : argument)]);
        run.ExitCode.Should().Be(2);
        run.Errors.Trim().Should().Match($"ranknas: {message}");
    }

    [Theory]
    [InlineData("scores-crlf.csv", 0, "2 scores imported.")]
    [InlineData("truncated.csv.gz", 1, "ranknas: '*truncated.csv.gz' is no file of scores: *gzip*cut off*. Nothing was imported.")]
    public async Task Import_CaseThatFailedOnce_EndsAsItShould(string file, int exitCode, string errors)
    {
        ToolRun run = await ToolRun.Of("scores", "import", "--store", _folder.File("new.db"), "--file", TestData.Case(file));
        run.ExitCode.Should().Be(exitCode);
        run.Errors.Trim().Should().Match(errors);
    }
}
