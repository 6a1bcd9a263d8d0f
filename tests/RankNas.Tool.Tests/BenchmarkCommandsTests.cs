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
        rows[0].GetProperty("accuracy").GetProperty("cifar10").GetProperty("test").GetProperty("mean").GetDouble().Should().BeInRange(21, 56);
        rows[5].GetProperty("published").GetProperty("test").GetProperty("cifar10").GetString().Should().Be("93.26±0.24");
        rows[7].GetProperty("architectures").GetDouble().Should().Be(12);

        ToolRun table = await ToolRun.Of(arguments);
        table.Output.Should().Contain("sa-rank").And.Contain("93.26±0.24").And.Contain("not rerun");
    }

    // A table of test accuracies alone, as there is of the size space.
    [Fact]
    public async Task Reproduce_TableTwoOverInitialisations_TellsBothDeviationsAndShowsWhatWasNotRerunAsPublished()
    {
        string testOnly = Path.Combine(_folder, "test.csv");
        await File.WriteAllLinesAsync(testOnly, (await File.ReadAllLinesAsync(_benchmark, TestContext.Current.CancellationToken))
            .Select(line => line.Split(',') is var cells ? $"{cells[0]},{cells[1]},{cells[3]}" : ""), TestContext.Current.CancellationToken);
        string store = Path.Combine(_folder, "sets.db");
        string[] arguments =
            ["reproduce", "--table", "2", "--runs", "4", "--budget", "3", "--batch", "2", "--benchmark", testOnly, "--initialisations", "2", "--sampling", "authors", "--store", store];
        ToolRun run = await ToolRun.Of([.. arguments, "--json"]);

        run.ExitCode.Should().Be(0, run.Errors);
        (run.Json.GetProperty("sampling").GetString(), run.Json.GetProperty("initialisations").GetInt32()).Should().Be(("authors", 2));
        JsonElement random = run.Json.GetProperty("rows").EnumerateArray().First();
        JsonElement[] results = [.. random.GetProperty("results").EnumerateArray()];
        results.Select(result => (result.GetProperty("seed").GetInt32(), result.GetProperty("initialisation").GetInt32())).Should().Equal((0, 0), (1, 1), (2, 0), (3, 1));
        results.Select(result => Space.Parse(result.GetProperty("arch").GetString()!)).Should().OnlyContain(found => found.Genes.Distinct().Count() == 5);
        JsonElement cifar10 = random.GetProperty("accuracy").GetProperty("cifar10");
        cifar10.TryGetProperty("validation", out _).Should().BeFalse();
        JsonElement test = cifar10.GetProperty("test");
        double[] accuracies = [.. results.Select(result => result.GetProperty("accuracy").GetProperty("cifar10").GetProperty("test").GetDouble())];
        test.GetProperty("mean").GetDouble().Should().BeApproximately(accuracies.Average(), 1e-9);
        test.GetProperty("deviationBetweenSets").GetDouble().Should().BeApproximately(Math.Abs(accuracies[0] + accuracies[2] - accuracies[1] - accuracies[3]) / 2 / Math.Sqrt(2), 1e-9);

        // Each set has its own scores in the store, which both runs of it share.
        ToolRun export = await ToolRun.Of("scores", "export", "--store", store, "--file", Path.Combine(_folder, "sets.csv"));
        export.ExitCode.Should().Be(0, export.Errors);
        string[] keys = [.. (await File.ReadAllLinesAsync(Path.Combine(_folder, "sets.csv"), TestContext.Current.CancellationToken)).Skip(1)
            .Select(line => line.Split(',')).Where(cells => cells[2] == "naswot").Select(cells => $"{cells[9]} {cells[13]}").Distinct()];
        keys.Should().HaveCount(2);
        keys.Select(key => key.Split(' ')[0]).Should().OnlyHaveUniqueItems();
        keys.Select(key => key.Split(' ')[1]).Should().BeEquivalentTo("0", "1");

        string table = (await ToolRun.Of(arguments)).Output;
        table.Should().Contain("/±").And.Contain("by turns").And.Contain("as the paper's authors do").And.Contain("not rerun").And.Contain("93.22").And.NotContain("validation");
    }

    [Theory]
    [InlineData("--runs is 5, which 2 sets cannot share evenly: write a multiple of --initialisations, such as --runs 20.", "reproduce", "--table", "2", "--runs", "5", "--initialisations", "2")]
    [InlineData("--runs is of samples, and --sample all takes everything: write a number, such as --sample 1000.", "correlate", "--space", "nats-sss", "--runs", "3")]
    [InlineData("--sampling authors is of samples, and --sample all takes everything: write a number, such as --sample 1000.", "correlate", "--space", "nats-sss", "--sampling", "authors")]
    [InlineData("--sample is 6721, which are more architectures than the authors' sampling of nats-sss comes upon: write fewer.", "correlate", "--space", "nats-sss", "--sampling", "authors", "--sample", "6721")]
    public async Task SamplesAndInitialisations_ThatCannotBe_EndWithTwoAndOneLine(string message, params string[] arguments)
    {
        ToolRun run = await ToolRun.Of([.. arguments, "--benchmark", _benchmark]);
        run.ExitCode.Should().Be(2);
        run.Errors.Should().Be($"ranknas: {message}{Environment.NewLine}");
    }

    [Fact]
    public async Task Reproduce_InitialisationsThatWouldTakeTheSameImages_SaysWhatToWrite()
    {
        string images = Path.Combine(_folder, "cifar10.bin");
        await File.WriteAllBytesAsync(images, new byte[4 * 3073], TestContext.Current.CancellationToken);
        ToolRun run = await ToolRun.Of("reproduce", "--table", "2", "--initialisations", "3", "--images", images, "--batch", "4", "--benchmark", _benchmark);
        run.ExitCode.Should().Be(2);
        run.Errors.TrimEnd().Should().Be("ranknas: --initialisations is 3, each with other images, but --batch takes all 4 of --images: write a smaller --batch.");
    }

    [Fact]
    public async Task Correlate_SeveralSamples_IsTheMeanOfThem()
    {
        string store = Path.Combine(_folder, "samples.db");
        string[] arguments = ["correlate", "--space", "nats-sss", "--sample", "40", "--batch", "2", "--benchmark", _benchmark, "--proxy", "params", "--draws", "5", "--store", store];
        double[] single = new double[3];
        for (int seed = 0; seed < 3; seed++)
        {
            // Weights of another seed do not change parameters.
            single[seed] = Kendall(await ToolRun.Of([.. arguments, "--seed", $"{seed}", "--json"])).GetProperty("kendall").GetDouble();
        }

        JsonElement mean = Kendall(await ToolRun.Of([.. arguments, "--runs", "3", "--json"]));
        mean.GetProperty("kendall").GetDouble().Should().BeApproximately(single.Average(), 1e-12);
        mean.GetProperty("kendallDeviation").GetDouble().Should().BeApproximately(Math.Sqrt(single.Sum(tau => Math.Pow(tau - single.Average(), 2)) / 2), 1e-12);
        (await ToolRun.Of([.. arguments, "--runs", "3", "--sampling", "authors"])).Output.Should().Contain("±")
            .And.Contain("Means over 3 draws of 40 architectures, drawn as the paper's authors do");

        static JsonElement Kendall(ToolRun run) => run.Json.GetProperty("datasets").GetProperty("cifar10").GetProperty("params");
    }

    // The published scores of each distinct network, and all accuracies; bench/whole-space.py (SciPy) has the same figures.
    [Fact]
    public async Task Correlate_EqualGraphsAsOne_GivesEachArchitectureTheScoresOfItsNetwork()
    {
        string store = Path.Combine(_folder, "distinct.db");
        string scores = Path.Combine(RankNas.Tests.Repository.Root, "docs", "data", "nats-tss-distinct-scores.csv.gz");
        ToolRun import = await ToolRun.Of("scores", "import", "--store", store, "--file", scores);
        import.ExitCode.Should().Be(0, import.Errors);
        ToolRun run = await ToolRun.Of(
            "correlate", "--space", "nats-tss", "--equal-graphs-as-one", "--aggregator", "log-rank-sum", "--proxy", "logsynflow", "expressivity", "--draws", "1", "--batch", "32",
            "--benchmark", RankNas.Tests.TestData.Path("nats-tss-accuracy.csv"), "--images", RankNas.Tests.TestData.Path("cifar10-train-400.bin"),
            "--store", store, "--accept-other-numerics", "--json");

        run.ExitCode.Should().Be(0, run.Errors);
        run.Json.GetProperty("architectures").GetInt32().Should().Be(15_284);
        foreach ((string dataSet, double logSynFlow, double expressivity, double both) in (ReadOnlySpan<(string, double, double, double)>)
            [("cifar10", 0.596, 0.570, 0.746), ("cifar100", 0.577, 0.568, 0.731), ("imagenet16-120", 0.563, 0.510, 0.684)])
        {
            JsonElement figures = run.Json.GetProperty("datasets").GetProperty(dataSet);
            Kendall(figures, "logsynflow").Should().BeApproximately(logSynFlow, 6e-4);
            Kendall(figures, "expressivity").Should().BeApproximately(expressivity, 6e-4);
            Kendall(figures, "log-rank-sum").Should().BeApproximately(both, 6e-4);
        }

        static double Kendall(JsonElement figures, string score) => figures.GetProperty(score).GetProperty("kendall").GetDouble();
    }

    [Fact]
    public async Task Reproduce_OneMethod_RunsItAlone()
    {
        ToolRun run = await ToolRun.Of(
            "reproduce", "--table", "2", "--method", "rs-naswot", "rea", "--runs", "1", "--budget", "2", "--batch", "2", "--benchmark", _benchmark,
            "--training-benchmark", _benchmark, "--trainings", "12", "--json");
        run.ExitCode.Should().Be(0, run.Errors);
        run.Json.GetProperty("rows").EnumerateArray().Where(row => row.GetProperty("runs").GetInt32() > 0).Select(row => row.GetProperty("method").GetString())
            .Should().Equal("rs-naswot", "rea");

        ToolRun unknown = await ToolRun.Of("reproduce", "--table", "2", "--method", "rs-nas", "--benchmark", _benchmark);
        unknown.ExitCode.Should().Be(2);
        unknown.Errors.Should().Contain("rs-nas").And.Contain("rs-naswot");
    }

    // The published scores of the whole space, and CIFAR-10's accuracies; a Python program of the same rule (random, scipy.stats.kendalltau) has
    // 0.576 for noise immunity, 0.617 for NASWOT and 0.598 for LogSynFlow, of 30 draws of 1,000.
    [Fact]
    public async Task Reproduce_TableOneWithTheAuthorsSampling_SetsTheirTausBesideTheUniformOnes()
    {
        string accuracies = RankNas.Tests.TestData.Path("nats-tss-accuracy.csv");
        string images = RankNas.Tests.TestData.Path("cifar10-train-400.bin");
        string store = Path.Combine(_folder, "published.db");
        string scores = Path.Combine(RankNas.Tests.Repository.Root, "docs", "data", "nats-tss-scores.csv.gz");
        ToolRun import = await ToolRun.Of("scores", "import", "--store", store, "--file", scores);
        import.ExitCode.Should().Be(0, import.Errors);
        ToolRun run = await ToolRun.Of(
            "reproduce", "--table", "1", "--draws", "2", "--sampling", "authors", "--runs", "10", "--benchmark", accuracies, "--images", images, "--store", store, "--accept-other-numerics", "--json");
        run.ExitCode.Should().Be(0, run.Errors);
        JsonElement cifar10 = run.Json.GetProperty("datasets").GetProperty("cifar10");
        foreach ((string score, double uniform, double authors) in (ReadOnlySpan<(string, double, double)>)
            [("noise-immunity-complexity", 0.481, 0.576), ("naswot", 0.594, 0.617), ("logsynflow", 0.595, 0.598), ("rank-sum", 0.665, 0.692)])
        {
            JsonElement figures = cifar10.GetProperty(score);
            figures.GetProperty("kendall").GetDouble().Should().BeApproximately(uniform, 0.0006);
            figures.GetProperty("authorsSampling").GetProperty("kendall").GetDouble().Should().BeApproximately(authors, 0.015);
            figures.GetProperty("authorsSampling").GetProperty("kendallDeviation").GetDouble().Should().BeInRange(0.004, 0.03);
        }
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
        run.Json.GetProperty("strategy").GetString().Should().Be(preset == "recommended" ? "bayesian" : "ageing");
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
