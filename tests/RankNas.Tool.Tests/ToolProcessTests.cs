using System.Diagnostics;
using System.Text.Json;

namespace RankNas.Tool.Tests;

/// <summary>What only a process of its own shows: signals, and standard streams that are closed or full.</summary>
public class ToolProcessTests
{
    private static readonly string[] Search = ["search", "--space", "nats-sss", "--strategy", "random", "--batch", "4", "--proxy", "naswot"];

    [Theory]
    [InlineData("2>&-", 0)]
    [InlineData("2>/dev/full", 0)]
    [InlineData(">/dev/full", 1)]
    [InlineData(">&-", 1)]
    [InlineData(">&- 2>&-", 1)]
    public async Task StandardStreams_ClosedOrFull_LeaveTheExitCode(string redirection, int exitCode)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The shell and the devices are those of Linux.");
        CancellationToken token = TestContext.Current.CancellationToken;
        using Process process = ToolProcess.StartInShell(redirection, [.. Search, "--budget", "1", "--json"]);
        Task<string> output = process.StandardOutput.ReadToEndAsync(token);
        string errors = await process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);

        process.ExitCode.Should().Be(exitCode, errors);
        if (exitCode == 0)
        {
            JsonDocument.Parse(await output).RootElement.GetProperty("evaluations").GetInt32().Should().Be(1);
        }
        else if (!redirection.Contains("2>"))
        {
            errors.TrimEnd().Should().StartWith("ranknas: standard output ").And.NotContain("\n");
        }
    }

    [Theory]
    [InlineData("HUP")]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task ASignal_ToASearch_PrintsTheBestSoFarAndEndsWith130(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are those of Unix.");
        Assert.SkipWhen(signal == "HUP" && Signals.IsHangUpIgnored(), "Under nohup a hang-up is ignored, by what it starts too.");
        CancellationToken token = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        using Process process = ToolProcess.Start([.. Search, "--budget", "30000", "--json", "--store", folder.File("scores.db")]);
        Task<string> output = process.StandardOutput.ReadToEndAsync(token);
        await ToolProcess.UntilAsync(() => File.Exists(folder.File("scores.db-wal")) && new FileInfo(folder.File("scores.db-wal")).Length > 0, token);
        await Task.Delay(500, token);

        await ToolProcess.SendAsync(signal, process, token);
        await process.WaitForExitAsync(token);

        process.ExitCode.Should().Be(130, await process.StandardError.ReadToEndAsync(token));
        JsonElement result = JsonDocument.Parse(await output).RootElement;
        result.GetProperty("end").GetString().Should().Be("cancelled");
        result.GetProperty("ranked").GetArrayLength().Should().Be(Math.Min(10, result.GetProperty("evaluations").GetInt32()));
    }

    [Fact]
    public async Task ASecondSignal_EndsAtOnceWith130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are those of Unix.");
        CancellationToken token = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        string[] long1 = ["search", "--space", "nats-tss", "--strategy", "random", "--budget", "9", "--batch", "4000", "--workers", "1"];
        using Process process = ToolProcess.Start([.. long1, "--store", folder.File("scores.db")]);
        await ToolProcess.UntilAsync(() => File.Exists(folder.File("scores.db-wal")), token);
        await Task.Delay(1000, token);

        // Two of a kind that wait together are one.
        await ToolProcess.SendAsync(["INT", "TERM"], process, token);
        await process.WaitForExitAsync(token);

        process.ExitCode.Should().Be(130);
        (await process.StandardOutput.ReadToEndAsync(token)).Should().BeEmpty();
    }

    [Fact]
    public async Task ASignal_ToABench_EndsItAndItsProcesses()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are looked up as on Linux.");
        CancellationToken token = TestContext.Current.CancellationToken;
        using Process process = ToolProcess.Start("bench", "--space", "nats-tss", "--sample", "3001", "--batch", "7");
        await ToolProcess.UntilAsync(() => ToolProcess.ChildrenOf(process).Count > 0, token);
        await Task.Delay(1000, token);
        IReadOnlyList<int> contenders = ToolProcess.ChildrenOf(process);

        await ToolProcess.SendAsync("INT", process, token);
        await process.WaitForExitAsync(token);

        process.ExitCode.Should().Be(130);
        await ToolProcess.UntilAsync(() => contenders.All(id => !Directory.Exists($"/proc/{id}") || File.ReadAllText($"/proc/{id}/stat").Contains(") Z", StringComparison.Ordinal)), token);
    }
}
