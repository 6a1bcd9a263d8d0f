using System.Diagnostics;
using RankNas.Tool.Configuration;

namespace RankNas.Tool.Tests.Manual;

public class ManualPageTests
{
    private static readonly string Shipped = Repository.PathOf("src", "RankNas.Tool", "ranknas.1");

    [Fact]
    public async Task ThePage_IsTheShippedOne()
    {
        ToolRun run = await ToolRun.Of("manual");
        run.Output.Should().Be(await File.ReadAllTextAsync(Shipped, TestContext.Current.CancellationToken), "after a change of commands or options, run eng/refresh-tool-files.sh");
    }

    [Fact]
    public async Task ThePage_HasEveryCommandAndOption()
    {
        string page = await File.ReadAllTextAsync(Shipped, TestContext.Current.CancellationToken);
        foreach ((string path, Arguments.ToolCommand command) in SettingNames.CommandsOf(CommandLine.CreateRoot(TextWriter.Null, TextWriter.Null)))
        {
            page.Should().Contain($".SH RANKNAS {path.ToUpperInvariant()}\n");
            foreach (string name in SettingNames.OptionsOf(command).Select(option => option.Name.Replace("-", @"\-", StringComparison.Ordinal)))
            {
                page.Should().MatchRegex($@"\\fB{System.Text.RegularExpressions.Regex.Escape(name)}( |\\fR)");
            }
        }
    }

    [Theory]
    [InlineData("mandoc", "-Tlint", "-W", "warning")]
    [InlineData("man", "--warnings", "-E", "UTF-8", "-Z", "-l")]
    public async Task ThePage_IsReadWithoutAComplaint(string program, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists($"/usr/bin/{program}"), $"{program} is not here.");
        using Process process = Process.Start(new ProcessStartInfo(program, [.. arguments, Shipped]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        (await errors).Should().BeEmpty();
        if (program == "mandoc")
        {
            // A page that is made of the program has no day of its own.
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().OnlyContain(line => line.Contains("missing date"));
        }
    }
}
