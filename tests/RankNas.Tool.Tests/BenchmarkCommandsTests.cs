using System.Text.Json;
using RankNas.SearchSpaces;

namespace RankNas.Tool.Tests;

public sealed class BenchmarkCommandsTests : IDisposable
{
    private static readonly NatsSizeSpace Space = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("ranknas-").FullName;
    private readonly string _benchmark;

    public BenchmarkCommandsTests()
    {
        _benchmark = Path.Combine(_folder, "accuracies.csv");
        File.WriteAllLines(_benchmark,
        [
            "index,arch,c10_valid,c10_test",
            .. Enumerable.Range(0, (int)Space.Count).Select(index => Space.FromIndex(index))
                .Select(architecture => $"{32767 - Space.IndexOf(architecture)},{architecture.Text},{20 + architecture.Genes.Sum()},{21 + architecture.Genes.Sum()}"),
        ]);
    }

    [Fact]
    public async Task Query_ByArchitectureAndByNumber_PrintsTheSame()
    {
        ToolRun byText = await ToolRun.Of("query", "--space", "nats-sss", "--benchmark", _benchmark, "--arch", "64:64:64:64:56", "--json");
        ToolRun byNumber = await ToolRun.Of("query", "--space", "nats-sss", "--benchmark", _benchmark, "--index", "1", "--json");

        byText.ExitCode.Should().Be(0, byText.Errors);
        byNumber.Output.Should().Be(byText.Output);
        byText.Json.GetProperty("index").GetInt64().Should().Be(1);
        byText.Json.GetProperty("arch").GetString().Should().Be("64:64:64:64:56");
        JsonElement cifar10 = byText.Json.GetProperty("accuracy").GetProperty("cifar10");
        cifar10.GetProperty("validation").GetDouble().Should().Be(54);
        cifar10.GetProperty("test").GetDouble().Should().Be(55);
    }

    [Fact]
    public async Task Query_WithoutJson_IsATableForPeople()
    {
        ToolRun run = await ToolRun.Of("query", "--space", "nats-sss", "--benchmark", _benchmark, "--arch", "64:64:64:64:56");
        run.Output.ReplaceLineEndings("\n").Should().Be(
            """
            64:64:64:64:56
            number 1 in the benchmark

            data set  validation %  test %
            ────────  ────────────  ──────
            cifar10          54.00   55.00

            """.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("--benchmark is missing: write --benchmark and a CSV file or an official NATS-Bench folder.", "--arch", "8:8:8:8:8")]
    [InlineData("Write either --arch and an architecture, or --index and its number in the benchmark.", "--benchmark", "*")]
    [InlineData("Write either --arch and an architecture, or --index and its number in the benchmark.", "--benchmark", "*", "--arch", "8:8:8:8:8", "--index", "2")]
    [InlineData("--index is 40000, which the benchmark does not have.", "--benchmark", "*", "--index", "40000")]
    public async Task Query_WrongArguments_EndWithTwoAndOneLine(string message, params string[] arguments)
    {
        ToolRun run = await ToolRun.Of(["query", "--space", "nats-sss", .. arguments.Select(argument => argument == "*" ? _benchmark : argument)]);
        run.ExitCode.Should().Be(2);
        run.Errors.Should().Be($"ranknas: {message}{Environment.NewLine}");
    }

    [Theory]
    [InlineData("architecture=net,flowers=/tst,separator=semicolon", null, 71.5)]
    [InlineData("architecture=net,flowers=val/,separator=semicolon", 70.5, null)]
    public async Task Query_NamedColumns_LeavesOutWhatIsNotKnown(string columns, double? validation, double? test)
    {
        string table = Path.Combine(_folder, "flowers.csv");
        await File.WriteAllTextAsync(table, "net;val;tst\r\n8:8:8:8:8;70.5;71.5\r\n", TestContext.Current.CancellationToken);
        string[] arguments = ["query", "--space", "nats-sss", "--benchmark", table, "--columns", columns, "--arch", "8:8:8:8:8"];

        ToolRun run = await ToolRun.Of([.. arguments, "--json"]);
        run.ExitCode.Should().Be(0, run.Errors);
        JsonElement flowers = run.Json.GetProperty("accuracy").GetProperty("flowers");
        flowers.TryGetProperty("validation", out JsonElement shown).Should().Be(validation is not null);
        flowers.TryGetProperty("test", out JsonElement shownTest).Should().Be(test is not null);
        (validation is null ? shownTest : shown).GetDouble().Should().Be(validation ?? test);
        (await ToolRun.Of(arguments)).Output.Should().Contain("flowers").And.Contain((validation ?? test)!.Value.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("--columns is given without --benchmark: write --benchmark and the CSV file that has these columns.", "--columns", "flowers=/a")]
    [InlineData("--columns is for a CSV file, and --benchmark is a folder: leave it out.", "--benchmark", ".", "--columns", "flowers=/a")]
    [InlineData("--columns: 'flowers=a' should be a validation and a test column*", "--benchmark", "*", "--columns", "flowers=a")]
    [InlineData("--benchmark: '*accuracies.csv' is no table of accuracies: line 1: there is no column 'a': the header is 'index,arch,c10_valid,c10_test'.", "--benchmark", "*", "--columns", "flowers=/a")]
    public async Task Query_WrongColumns_EndWithTwoAndOneLine(string message, params string[] arguments)
    {
        ToolRun run = await ToolRun.Of(["query", "--space", "nats-sss", "--arch", "8:8:8:8:8", .. arguments.Select(argument => argument == "*" ? _benchmark : argument)]);
        run.ExitCode.Should().Be(2);
        run.Errors.Should().Match($"ranknas: {message}{Environment.NewLine}");
    }

    [Fact]
    public async Task Correlate_ValidationAccuraciesAlone_SaysSo()
    {
        string[] arguments =
        [
            "correlate", "--space", "nats-sss", "--sample", "4", "--batch", "2", "--benchmark", _benchmark, "--columns", "flowers=c10_valid/", "--proxy", "params", "--draws", "5",
            "--store", Path.Combine(_folder, "validation.db"),
        ];
        ToolRun run = await ToolRun.Of([.. arguments, "--json"]);
        run.ExitCode.Should().Be(0, run.Errors);
        run.Json.GetProperty("datasets").GetProperty("flowers").GetProperty("params").GetProperty("accuracies").GetString().Should().Be("validation");
        (await ToolRun.Of(arguments)).Output.Should().Contain("test accuracies, but validation accuracies of flowers");
    }

    [Fact]
    public async Task Search_ValidationAccuraciesAlone_AreShownAsSuch()
    {
        ToolRun run = await ToolRun.Of(
            "search", "--space", "nats-sss", "--strategy", "random", "--proxy", "params", "--budget", "2", "--batch", "2", "--benchmark", _benchmark, "--columns", "flowers=c10_valid/");
        run.ExitCode.Should().Be(0, run.Errors);
        run.Output.Should().Contain("flowers validation %").And.NotContain("flowers test %");
    }

    [Fact]
    public async Task Correlate_ASample_PrintsTheFixedShape()
    {
        ToolRun run = await ToolRun.Of(
            "correlate", "--space", "nats-sss", "--sample", "8", "--batch", "4", "--benchmark", _benchmark, "--proxy", "naswot", "logsynflow", "--draws", "20", "--json");

        run.ExitCode.Should().Be(0, run.Errors);
        run.Json.GetProperty("space").GetString().Should().Be("nats-sss");
        run.Json.GetProperty("architectures").GetInt32().Should().Be(8);
        JsonElement cifar10 = run.Json.GetProperty("datasets").GetProperty("cifar10");
        foreach (string score in (string[])["naswot", "logsynflow", "rank-sum"])
        {
            double kendall = cifar10.GetProperty(score).GetProperty("kendall").GetDouble();
            double[] interval = [.. cifar10.GetProperty(score).GetProperty("kendallInterval").EnumerateArray().Select(end => end.GetDouble())];
            kendall.Should().BeInRange(-1, 1);
            interval[0].Should().BeLessThan(interval[1]);
            cifar10.GetProperty(score).GetProperty("spearman").GetDouble().Should().BeInRange(-1, 1);
        }

        // The accuracies are the widths' sums, which synaptic flow follows.
        cifar10.GetProperty("logsynflow").GetProperty("kendall").GetDouble().Should().BeGreaterThan(0.3);
    }

    [Fact]
    public async Task Correlate_AWrongSample_SaysWhatToWrite()
    {
        ToolRun run = await ToolRun.Of("correlate", "--space", "nats-sss", "--sample", "some", "--benchmark", _benchmark);
        run.ExitCode.Should().Be(2);
        run.Errors.TrimEnd().Should().Be("ranknas: --sample is 'some': write --sample all, or a whole number from 2 to 32768, such as --sample 1000.");
    }

    [Fact]
    public async Task Reproduce_TableTwo_SetsOwnFiguresBesideThePublishedOnes()
    {
        string[] arguments =
        [
            "reproduce", "--table", "2", "--runs", "2", "--budget", "3", "--batch", "2", "--benchmark", _benchmark,
            "--training-benchmark", _benchmark, "--trainings", "12", "--store", Path.Combine(_folder, "scores.db"),
        ];
        ToolRun run = await ToolRun.Of([.. arguments, "--json"]);

        run.ExitCode.Should().Be(0, run.Errors);
        run.Json.GetProperty("space").GetString().Should().Be("nats-sss");
        JsonElement[] rows = [.. run.Json.GetProperty("rows").EnumerateArray()];
        rows.Select(row => row.GetProperty("method").GetString()).Should().StartWith(
        [
            "rs-noise-immunity", "rs-naswot", "rs-logsynflow", "rs-rank", "ga-rank", "sa-rank", "recommended", "rs", "rea", "area", "reinforce", "bohb",
        ]);
        rows[0].GetProperty("runs").GetInt32().Should().Be(2);
        rows[0].GetProperty("accuracy").GetProperty("cifar10").GetProperty("testMean").GetDouble().Should().BeInRange(21, 56);
        rows[5].GetProperty("published").GetProperty("test").GetProperty("cifar10").GetString().Should().Be("93.26±0.24");
        rows[7].GetProperty("architectures").GetDouble().Should().Be(12);

        ToolRun table = await ToolRun.Of(arguments);
        table.Output.Should().Contain("sa-rank").And.Contain("93.26±0.24").And.Contain("not rerun");
    }

    [Fact]
    public async Task Reproduce_WithTrainingTimes_SpendsTheTimeByThem()
    {
        string times = Path.Combine(_folder, "times.csv");
        await File.WriteAllLinesAsync(
            times,
            ["index,c10_12_train_s,c10_12_test_s", .. Enumerable.Range(0, 500).Select(place => $"{place * 65},4000,1200")],
            TestContext.Current.CancellationToken);
        string[] arguments =
        [
            "reproduce", "--table", "2", "--runs", "1", "--budget", "2", "--batch", "2", "--benchmark", _benchmark, "--times", times,
            "--store", Path.Combine(_folder, "scores.db"), "--json",
        ];

        ToolRun run = await ToolRun.Of([.. arguments, "--training-benchmark", _benchmark]);
        run.ExitCode.Should().Be(0, run.Errors);
        run.Errors.Should().Contain("--times: times of 500 architectures; the model is off by 0.0 % on those that it was not fitted to");

        // Half of 4,000 s, and 2.5 times 100 s: the sixth training ends after 12,000 s.
        run.Json.GetProperty("rows").EnumerateArray().Where(row => row.GetProperty("method").GetString() is "rs" or "rea" or "area" or "reinforce" or "bohb")
            .Select(row => row.GetProperty("architectures").GetDouble()).Should().Equal(6, 6, 6, 6, 6);

        ToolRun without = await ToolRun.Of(arguments);
        without.ExitCode.Should().Be(2);
        without.Errors.TrimEnd().Should().EndWith(
            "ranknas: --times is given without --training-benchmark: write --training-benchmark and the accuracies that the times are for.");
    }

    [Theory]
    [InlineData("reproduce", "--table", "2", "--runs", "1", "--budget", "2", "--batch", "2")]
    [InlineData("study", "--space", "nats-sss", "--runs", "1", "--budget", "2", "--batch", "2")]
    public async Task AStudy_Cancelled_EndsWith130AndOneLine(params string[] arguments)
    {
        string[] files = ["--store", Path.Combine(_folder, "cancelled.db"), .. arguments[0] == "reproduce" ? (string[])["--benchmark", _benchmark] : []];
        ToolRun run = await ToolRun.Of(new CancellationToken(canceled: true), [.. arguments, .. files]);
        run.ExitCode.Should().Be(130);
        run.Errors.Should().Be($"Cancelled: with --store the same command goes on where it stopped.{Environment.NewLine}");
    }

    [Theory]
    [InlineData("recommended", "naswot", "logsynflow", "skip-depth")]
    [InlineData("az-nas", "expressivity", "progressivity", "trainability", "macs")]
    public async Task Search_APreset_SetsProxiesAndStrategy(string preset, params string[] proxies)
    {
        ToolRun run = await ToolRun.Of("search", "--space", "nats-sss", "--preset", preset, "--budget", "4", "--batch", "2", "--json");

        run.ExitCode.Should().Be(0, run.Errors);
        run.Json.GetProperty("strategy").GetString().Should().Be("ageing");
        run.Json.GetProperty("best").GetProperty("scores").EnumerateObject().Select(score => score.Name).Should().Equal(proxies);
    }

    [Fact]
    public async Task Search_WithAccuracies_ShowsThemBesideTheRanked()
    {
        ToolRun run = await ToolRun.Of(
            "search", "--space", "nats-sss", "--preset", "paper", "--budget", "3", "--batch", "2", "--benchmark", _benchmark, "--aggregator", "log-rank-sum", "--json");

        run.ExitCode.Should().Be(0, run.Errors);
        Architecture best = Space.Parse(run.Json.GetProperty("best").GetProperty("arch").GetString()!);
        run.Json.GetProperty("best").GetProperty("accuracy").GetProperty("cifar10").GetProperty("test").GetDouble().Should().Be(21 + best.Genes.Sum());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
