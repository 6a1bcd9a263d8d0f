using System.Diagnostics;
using RankNas.Tool.Completion;

namespace RankNas.Tool.Tests.Completion;

/// <summary>What shells are told may follow, and the scripts by which they ask.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Shells => [.. ShellScripts.ByShell.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sea", "search")]
    [InlineData("c", "correlate combine compare cluster config completions")]
    [InlineData("search --strategy ", "random genetic annealing ageing economics local bayesian pareto exhaustive")]
    [InlineData("search --strategy a", "annealing ageing")]
    [InlineData("search --strategy=a", "--strategy=annealing --strategy=ageing")]
    [InlineData("search --strategy = a", "annealing ageing")]
    [InlineData("search --strategy =", "random genetic annealing ageing economics local bayesian pareto exhaustive")]
    [InlineData("score --space nats", "nats-tss nats-sss")]
    [InlineData("score --proxy logsynflow naswot fish", "fisher")]
    [InlineData("score --proxy logsynflow --jso", "--json")]
    [InlineData("score --device ", "cpu cuda")]
    [InlineData("search --budget ", "")]
    [InlineData("search --stor", "--store")]
    [InlineData("search --json --jso", "")]
    [InlineData("search --store ", ":files")]
    [InlineData("search --benchmark acc", ":files")]
    [InlineData("search --conf", "--config")]
    [InlineData("search --config ", ":files")]
    [InlineData("fit --out ", ":files")]
    [InlineData("fit pho", ":files")]
    [InlineData("compare a.json b", ":files")]
    [InlineData("scores ", "export import")]
    [InlineData("scores export --f", "--file")]
    [InlineData("completions ", "bash zsh fish pwsh")]
    [InlineData("config sco", "score scores")]
    [InlineData("--ver", "--version")]
    [InlineData("serch ", "")]
    public async Task Complete_ListsWhatMayFollow(string words, string expected)
    {
        ToolRun run = await ToolRun.Of(["complete", "--", .. words.Split(' ')]);
        run.ExitCode.Should().Be(0, run.Errors);
        string[] found = [.. run.Output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[0])];
        found.Should().BeEquivalentTo(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Complete_OfNothing_ListsEveryCommandWithADescription()
    {
        ToolRun run = await ToolRun.Of("complete", "--", "");
        string[] lines = run.Output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        lines.Should().OnlyContain(line => line.Contains('\t')).And.HaveCount(
            CommandLine.CreateRoot(TextWriter.Null, TextWriter.Null).Subcommands.Count(command => !command.Hidden));
    }

    [Theory]
    [InlineData("ranknas search --strategy a", 3, "annealing\nageing")]
    [InlineData("ranknas score --proxy naswot fish", 4, "fisher")]
    [InlineData("ranknas score --images data", 3, "data_batch_1.bin\ndata with a blank.bin")]
    public async Task Bash_AsksAndCompletesFilesItself(string line, int word, string expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The shell is that of Linux.");
        CancellationToken token = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(_folder.File("ranknas"), $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "RankNas.Tool.dll")}' \"$@\"\n", token);
        await File.WriteAllTextAsync(_folder.File("data_batch_1.bin"), "", token);
        await File.WriteAllTextAsync(_folder.File("data with a blank.bin"), "", token);
        string script = $$"""
            chmod +x ranknas
            export PATH="$PWD:$PATH"
            source <(ranknas completions bash)
            complete -p ranknas
            COMP_WORDS=({{line}}); COMP_CWORD={{word}}
            _ranknas
            printf '%s\n' "${COMPREPLY[@]}"
            """;

        var start = new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.Path };
        using Process bash = Process.Start(start)!;
        Task<string> errors = bash.StandardError.ReadToEndAsync(token);
        string output = await bash.StandardOutput.ReadToEndAsync(token);

        output.TrimEnd().Split('\n').Should().BeEquivalentTo(["complete -F _ranknas ranknas", .. expected.Split('\n')], await errors);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Completions_AreAScriptThatTheShellReads(string shell)
    {
        ToolRun run = await ToolRun.Of("completions", shell);
        run.ExitCode.Should().Be(0, run.Errors);
        run.Output.Should().Contain(" complete ").And.Contain(WordCompletion.Files);

        Assert.SkipUnless(shell != "pwsh" && OperatingSystem.IsLinux() && File.Exists($"/usr/bin/{shell}"), $"{shell} is not here.");
        await File.WriteAllTextAsync(_folder.File("script"), run.Output, TestContext.Current.CancellationToken);
        using Process process = Process.Start(new ProcessStartInfo(shell, ["-n", _folder.File("script")]) { RedirectStandardError = true })!;
        string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.Should().Be(0, errors);
    }

    [Theory]
    [InlineData("The shell is missing: write ranknas completions bash or ranknas completions zsh or ranknas completions fish or ranknas completions pwsh.")]
    [InlineData("There are no completions for 'csh': write ranknas completions bash or ranknas completions zsh or ranknas completions fish or ranknas completions pwsh.", "csh")]
    public async Task Completions_OfNoShell_SaysWhatToWrite(string message, params string[] shell)
    {
        ToolRun run = await ToolRun.Of(["completions", .. shell]);
        run.ExitCode.Should().Be(2);
        run.Errors.TrimEnd().Should().Be($"ranknas: {message}");
    }
}
