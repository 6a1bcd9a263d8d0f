using System.Diagnostics;

namespace RankNas.Tool.Tests;

public class FewAddressesTests
{
    [Fact]
    public async Task Search_WhereAddressesAreShort_Runs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit is Linux's.");
        string program = Path.Combine(AppContext.BaseDirectory, "RankNas.Tool.dll");
        var start = new ProcessStartInfo(
            "/bin/bash", ["-c", $"ulimit -v 4000000; exec dotnet '{program}' search --space nats-tss --strategy random --budget 2 --batch 4 --json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.Should().Be(0, await errors);
        output.Should().StartWith("{").And.Contain("\"evaluations\"");
    }
}
