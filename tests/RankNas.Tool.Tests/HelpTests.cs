using RankNas.Tool.Configuration;

namespace RankNas.Tool.Tests;

public class HelpTests
{
    public static TheoryData<string> Commands => [.. SettingNames.CommandsOf(CommandLine.CreateRoot(TextWriter.Null, TextWriter.Null)).Select(command => command.Path)];

    [Fact]
    public async Task WithoutArguments_IsTheHelp()
    {
        ToolRun run = await ToolRun.Of();
        run.ExitCode.Should().Be(0);
        run.Errors.Should().BeEmpty();
        run.Output.Should().Be((await ToolRun.Of("--help")).Output).And.Contain("ranknas COMMAND").And.Contain("130").And.NotContain("bench-contender");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task OfACommand_NamesTheToolAndHasExamplesAndEveryOption(string command)
    {
        ToolRun run = await ToolRun.Of([.. command.Split(' '), "--help"]);

        run.ExitCode.Should().Be(0, run.Errors);
        run.Output.Should().Contain($"Usage:{Environment.NewLine}  ranknas {command}").And.Contain($"Examples:{Environment.NewLine}  ranknas {command}")
            .And.NotContain("RankNas.Tool");
        run.Output.Split('\n').Should().NotContain(line => line.Length > 100 && !line.StartsWith("  ranknas", StringComparison.Ordinal) && line.StartsWith("   ", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task ItsExamples_AreRightArguments(string command)
    {
        ToolRun help = await ToolRun.Of([.. command.Split(' '), "--help"]);
        string[] examples = [.. help.Output.Split('\n').Where(line => line.StartsWith("  ranknas", StringComparison.Ordinal)).Skip(1)];
        examples.Should().NotBeEmpty();
        foreach (string example in examples)
        {
            // The files of the examples are not here, which is found out after all options are known. What follows two dashes is no option.
            ToolRun run = await ToolRun.Of([.. example.Trim().Split(" -- ")[0].Split(' ').Skip(1), "--no-such"]);
            run.Errors.Should().StartWith("ranknas: '--no-such' is no option of ranknas").And.NotContain("did you mean");
        }
    }

    [Fact]
    public async Task OfASearch_HasItsOptionsInGroups()
    {
        ToolRun run = await ToolRun.Of("search", "--help");
        string[] titles = [.. run.Output.Split('\n').Select(line => line.TrimEnd()).Where(line => line.EndsWith(':') && !line.StartsWith(' '))];
        titles.Should().Equal(
            "Usage:", "Examples:", "Space and proxies:", "Search:", "Limits:", "Images:", "Networks and machine:", "Cluster:", "Files:", "Output:", "Settings of a strategy:");
        run.Output.Should().Contain("--strategy random|genetic|annealing|ageing|economics|local|bayesian|pareto|exhaustive").And.Contain("[default: 1000]");
    }

    [Theory]
    [InlineData("ranknas search --strategy ", "annealing", "genetic")]
    [InlineData("ranknas score --space ", "nats-tss", "nats-sss")]
    [InlineData("ranknas score --proxy ", "naswot", "logsynflow")]
    [InlineData("ranknas sea", "search")]
    public async Task Suggest_ChoiceOptionsAndCommands_AreCompleted(string line, params string[] expected)
    {
        ToolRun run = await ToolRun.Of($"[suggest:{line.Length}]", line);
        run.ExitCode.Should().Be(0, run.Errors);
        run.Output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Should().Contain(expected);
    }

    [Fact]
    public async Task Version_IsOneLineWithTheCommit()
    {
        ToolRun run = await ToolRun.Of("--version");
        run.ExitCode.Should().Be(0);
        run.Output.Should().MatchRegex(@"^ranknas \d+\.\d+\.\d+(-[0-9A-Za-z.]+)?( \(commit [0-9a-f]{7,40}\))?\r?\n$");
    }
}
