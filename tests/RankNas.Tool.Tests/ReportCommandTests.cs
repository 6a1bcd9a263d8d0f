using System.Net;
using System.Text.RegularExpressions;

namespace RankNas.Tool.Tests;

public partial class ReportCommandTests
{
    private static readonly string[] Small = ["--space", "nats-sss", "--batch", "4", "--proxy", "naswot", "logsynflow"];

    [Theory]
    [InlineData("random", "--budget 6")]
    [InlineData("genetic", "--budget 6 --population 4 --generations 2 --mutation-rate 0.5")]
    [InlineData("annealing", "--budget 6 --neighbors 3 --alpha 0.5")]
    [InlineData("ageing", "--budget 8 --population 3 --tournament 2 --strategy-seed 9 --equal-graphs-as-one")]
    [InlineData("economics", "--budget 8 --searchers 2 --regions 3 --goods 1 --tournament 2 --mutation-rate 0.5")]
    [InlineData("pareto", "--budget 8 --population 4 --crossover-rate 0.8 --mutation-rate 0.3 --objective params macs")]
    [InlineData("bayesian", "--budget 8 --population 3 --step-size 2 --candidates 9 --parents 2 --random-rate 0.2 --crossover-rate 0.1 --length-scale 0.4 --noise-variance 0.1 --most-fitted 6")]
    [InlineData("local", "--budget 8 --population 3 --parents 2 --crossover-rate 0.2 --mutation-rate 0.1")]
    [InlineData("exhaustive", "--budget 4 --aggregator log-rank-sum")]
    public async Task Report_ItsCommandLine_MakesTheSameRankingAgain(string strategy, string more)
    {
        using var folder = new TempFolder();
        string file = folder.File("a report.html");
        string store = folder.File("its scores.db");

        ToolRun run = await ToolRun.Of(
            ["report", .. Small, "--strategy", strategy, .. more.Split(' '), "--seed", "3", "--store", store, "--output", file]);

        run.ExitCode.Should().Be(0, run.Errors);
        run.Output.Should().BeEmpty();
        run.Errors.Should().StartWith(file);
        string report = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        string command = WebUtility.HtmlDecode(Command().Match(report).Groups[1].Value);
        command.Should().StartWith("ranknas search --space nats-sss --proxy naswot logsynflow").And.Contain($"--store '{store}'");
        ToolRun again = await ToolRun.Of([.. WordsOf(command).Skip(1), "--json", "--top", "1"]);
        again.ExitCode.Should().Be(0, again.Errors);
        report.Should().Contain($"<p class=\"best\"><code>{again.Json.GetProperty("best").GetProperty("arch").GetString()}</code>");
    }

    [Theory]
    [InlineData("recommended", "--proxy naswot logsynflow skip-depth", "--aggregator rank-sum", "--strategy bayesian")]
    [InlineData("az-nas", "--proxy expressivity progressivity trainability macs", "--aggregator log-rank-sum", "--strategy ageing --population 50")]
    public async Task Report_WithAPreset_WritesItsProxiesStrategyAndAggregator(string preset, string proxies, string aggregator, string strategy)
    {
        using var folder = new TempFolder();
        ToolRun run = await ToolRun.Of(
            "report", "--space", "nats-sss", "--batch", "4", "--preset", preset, "--budget", "4", "--output", folder.File("r.html"));
        run.ExitCode.Should().Be(0, run.Errors);
        (await File.ReadAllTextAsync(folder.File("r.html"), TestContext.Current.CancellationToken))
            .Should().Contain(proxies).And.Contain(strategy).And.Contain(aggregator);
    }

    [Fact]
    public async Task Report_WithABenchmark_ShowsAccuracies()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(
            folder.File("accuracies.csv"), "arch,c10_valid,c10_test\n8:8:8:8:8,80.5,81.25\n", TestContext.Current.CancellationToken);
        ToolRun run = await ToolRun.Of(
            ["report", .. Small, "--strategy", "exhaustive", "--budget", "3", "--benchmark", folder.File("accuracies.csv"), "--title", "Mine & <yours>",
             "--output", folder.File("r.html")]);
        run.ExitCode.Should().Be(0, run.Errors);
        (await File.ReadAllTextAsync(folder.File("r.html"), TestContext.Current.CancellationToken))
            .Should().Contain("<h1>Mine &amp; &lt;yours&gt;</h1>").And.Contain("cifar10 test %").And.Contain(">81.25</td>");
    }

    [Fact]
    public async Task Report_CancelledBeforeTheFirstScore_WritesNoFile()
    {
        using var folder = new TempFolder();
        ToolRun run = await ToolRun.Of(new CancellationToken(canceled: true), ["report", .. Small, "--strategy", "random", "--output", folder.File("r.html")]);
        run.ExitCode.Should().Be(130);
        run.Errors.Should().Contain("no report was written");
        Directory.GetFiles(folder.Path).Should().BeEmpty();
    }

    [Theory]
    [InlineData("missing/r.html", "there is no folder")]
    [InlineData(".", "is a folder, and no file")]
    public async Task Report_AFileThatCannotBe_SaysSoBeforeItSearches(string output, string message)
    {
        using var folder = new TempFolder();
        ToolRun run = await ToolRun.Of(["report", .. Small, "--strategy", "random", "--output", folder.File(output)]);
        run.ExitCode.Should().Be(2);
        run.Errors.Should().Contain(message);
    }

    // As a shell splits what has plain words and words in single quotes.
    private static string[] WordsOf(string command) => [.. Word().Matches(command).Select(word => word.Value.Trim('\''))];

    [GeneratedRegex("<pre><code>([^<]*)</code></pre>")]
    private static partial Regex Command();

    [GeneratedRegex(@"'[^']*'|\S+")]
    private static partial Regex Word();
}
