using System.Globalization;
using System.Text.Json;

namespace RankNas.Tool.Tests;

public sealed class CompareCommandTests : IDisposable
{
    // Of SciPy 1.10, as in PairedComparisonTests: wilcoxon(…, mode="exact") and t.interval(0.95, 7, …).
    private static readonly double[] First = [94.36, 94.12, 93.80, 94.37, 93.55, 94.02, 93.91, 94.20];
    private static readonly double[] Second = [93.52, 94.30, 93.40, 93.60, 93.50, 93.91, 93.31, 93.52];

    private readonly string _folder = Directory.CreateTempSubdirectory("ranknas-").FullName;

    [Fact]
    public async Task Compare_ATableOfTwoMethods_HasTheFiguresOfSciPy()
    {
        string table = Table("table.json", ("sa-rank", First), ("rs", Second));
        ToolRun run = await ToolRun.Of("compare", table, "--json");

        run.ExitCode.Should().Be(0, run.Errors);
        JsonElement comparison = run.Json.GetProperty("comparisons").EnumerateArray().Single();
        (Text(comparison, "dataSet"), Text(comparison, "accuracies"), Text(comparison, "first"), Text(comparison, "second")).Should().Be(("cifar10", "test", "sa-rank", "rs"));
        (Number(comparison, "pairs"), Number(comparison, "differing"), Number(comparison, "statistic")).Should().Be((8, 8, 3));
        Number(comparison, "p").Should().BeApproximately(0.0390625, 1e-14);
        Number(comparison, "adjustedP").Should().BeApproximately(0.0390625, 1e-14);
        Number(comparison, "difference").Should().BeApproximately(0.40875, 1e-10);
        Number(comparison, "low").Should().BeApproximately(0.09414331927768682, 1e-6);
        JsonElement[] methods = [.. run.Json.GetProperty("methods").EnumerateArray()];
        methods.Select(method => Text(method, "name")).Should().Equal("sa-rank", "rs");
        Number(methods[0], "high").Should().BeApproximately(94.27735059299484, 1e-6);

        string text = (await ToolRun.Of("compare", table)).Output;
        text.Should().Contain("0.41  0.09 … 0.72  0.0391").And.Contain("Student's t").And.Contain("Wilcoxon").And.Contain("hold for these scores alone");
    }

    [Fact]
    public async Task Compare_ThreeMethods_AdjustsForAllComparisonsOrThoseWithTheBaseline()
    {
        string table = Table("table.json", ("a", First), ("b", Second), ("c", [.. Second.Select(accuracy => accuracy - 1)]));
        JsonElement[] all = [.. (await ToolRun.Of("compare", table, "--json")).Json.GetProperty("comparisons").EnumerateArray()];
        all.Select(one => (Text(one, "first"), Text(one, "second"))).Should().Equal(("a", "b"), ("a", "c"), ("b", "c"));

        // The smallest, 2 / 2⁸ twice, three times over and then twice, which is not below it; 0.0390625 is the largest.
        all.Select(one => Number(one, "adjustedP")).Should().Equal(0.0390625, 3 * 0.0078125, 3 * 0.0078125);

        JsonElement[] some = [.. (await ToolRun.Of("compare", table, "--baseline", "c", "--json")).Json.GetProperty("comparisons").EnumerateArray()];
        some.Select(one => (Text(one, "first"), Text(one, "second"), Number(one, "adjustedP"))).Should().Equal(("a", "c", 2 * 0.0078125), ("b", "c", 2 * 0.0078125));
        ToolRun two = await ToolRun.Of("compare", table, "--method", "a", "b", "--json");
        two.Json.GetProperty("comparisons").GetArrayLength().Should().Be(1);
    }

    [Fact]
    public async Task Compare_BySet_PairsTheMeansOfEachSet()
    {
        double[] twice = [.. First.SelectMany(accuracy => new[] { accuracy - 0.5, accuracy + 0.5 })];
        double[] other = [.. Second.SelectMany(accuracy => new[] { accuracy + 0.25, accuracy - 0.25 })];
        string table = Table("table.json", run => run / 2, ("a", twice), ("b", other));
        JsonElement comparison = (await ToolRun.Of("compare", table, "--by", "set", "--json")).Json.GetProperty("comparisons").EnumerateArray().Single();
        Number(comparison, "pairs").Should().Be(8);
        Number(comparison, "p").Should().BeApproximately(0.0390625, 1e-14);
    }

    [Fact]
    public async Task Compare_SearchesOfOneRunEach_AreGroupedByStrategyAndProxies()
    {
        string[] files =
        [
            .. First.Select((accuracy, seed) => Search($"a{seed}.json", "annealing", "naswot", seed, accuracy)),
            .. Second.Select((accuracy, seed) => Search($"b{seed}.json", "annealing", "logsynflow", seed, accuracy)),
        ];
        ToolRun run = await ToolRun.Of(["compare", .. files, "--json"]);
        run.ExitCode.Should().Be(0, run.Errors);
        JsonElement comparison = run.Json.GetProperty("comparisons").EnumerateArray().Single();
        (Text(comparison, "first"), Text(comparison, "second"), Number(comparison, "pairs")).Should().Be(("annealing (naswot)", "annealing (logsynflow)", 8));
        Number(comparison, "p").Should().BeApproximately(0.0390625, 1e-14);
    }

    [Fact]
    public async Task Compare_TheSameMethodInTwoTables_IsTwoMethods()
    {
        string old = Table("old.json", ("recommended", First)), recent = Table("recent.json", ("recommended", Second));
        ToolRun run = await ToolRun.Of("compare", old, recent, "--json");
        run.ExitCode.Should().Be(0, run.Errors);
        Text(run.Json.GetProperty("comparisons").EnumerateArray().Single(), "first").Should().StartWith("recommended of ").And.EndWith("old.json");
    }

    [Fact]
    public async Task Compare_WhatStudyWrites_IsRead()
    {
        string benchmark = Path.Combine(_folder, "accuracies.csv");
        await File.WriteAllLinesAsync(
            benchmark,
            ["arch,c10_test", "\"depth=1,width=4\",50", "\"depth=1,width=8\",60", "\"depth=2,width=4\",70", "\"depth=2,width=8\",80"],
            TestContext.Current.CancellationToken);
        ToolRun study = await ToolRun.Of(
            "study", "--space-assembly", typeof(OwnSpace).Assembly.Location, "--proxy", "params", "--runs", "6", "--budget", "3", "--batch", "2",
            "--store", Path.Combine(_folder, "scores.db"), "--benchmark", benchmark, "--json");
        study.ExitCode.Should().Be(0, study.Errors);
        string file = Path.Combine(_folder, "study.json");
        await File.WriteAllTextAsync(file, study.Output, TestContext.Current.CancellationToken);

        ToolRun run = await ToolRun.Of("compare", file, "--method", "random", "ageing", "--json");
        run.ExitCode.Should().Be(0, run.Errors);
        Number(run.Json.GetProperty("comparisons").EnumerateArray().Single(), "pairs").Should().Be(6);
    }

    [Theory]
    [InlineData(2, "compare needs one or more files that search, study or reproduce wrote with --json, such as table3.json.")]
    [InlineData(2, "there is no file '*none.json': write a file that search, study or reproduce wrote with --json.", "none.json")]
    [InlineData(2, "'*table.json' is written more than once: write it once.", "table.json", "table.json")]
    [InlineData(2, "There is no method 'sa-rnk' (did you mean sa-rank?): the files have sa-rank, rs.", "table.json", "--method", "sa-rnk", "rs")]
    [InlineData(2, "There is one method alone, rs: name two or more, or files with two or more.", "table.json", "--method", "rs")]
    [InlineData(2, "'--mehtod' is no option of ranknas compare: did you mean --method? See 'ranknas compare --help'.", "table.json", "--mehtod")]
    [InlineData(1, "'*text.json' is no result that search, study or reproduce wrote with --json: line 1 is no JSON.", "text.json")]
    [InlineData(1, "'*other.json' is no result that search, study or reproduce wrote with --json: it has neither runs nor a ranking.", "other.json")]
    [InlineData(1, "'*blind.json' has no accuracies of what its runs found: write it again with --benchmark.", "blind.json")]
    [InlineData(1, "sa-rank and late have no seeds in common: run both with the same ones.", "table.json", "late.json", "--method", "sa-rank", "late")]
    [InlineData(1, "sa-rank and few have 5 seeds in common: fewer than 6 pairs cannot reach 5 %, so run more.", "table.json", "few.json", "--method", "sa-rank", "few")]
    [InlineData(1, "The runs of sa-rank are all of one set of weights and images: write --by run, or reproduce with --initialisations.", "table.json", "--by", "set")]
    [InlineData(1, "Two runs of ageing have the seed 3, in '*one.json' and '*two.json': leave one of them out.", "one.json", "two.json", "table.json")]
    [InlineData(1, "The files are of several spaces, nats-sss and nats-tss: compare runs of one.", "table.json", "elsewhere.json")]
    public async Task Compare_WhatCannotBeCompared_EndsWithOneLine(int exitCode, string message, params string[] arguments)
    {
        Table("table.json", ("sa-rank", First), ("rs", Second));
        Table("few.json", ("few", First[..5]));
        await File.WriteAllTextAsync(Path.Combine(_folder, "late.json"), Json("nats-sss", [("late", [.. First.Select((accuracy, run) => (run + 100, (int?)null, accuracy))])]), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "elsewhere.json"), Json("nats-tss", [("x", [.. First.Select((accuracy, run) => (run, (int?)null, accuracy))])]), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "text.json"), "no JSON", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "other.json"), """{ "index": 1 }""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "blind.json"), """[{ "space": "nats-sss", "strategy": "random", "results": [{ "seed": 0, "arch": "8:8:8:8:8" }] }]""", TestContext.Current.CancellationToken);
        Search("one.json", "ageing", "naswot", 3, 90);
        Search("two.json", "ageing", "naswot", 3, 91);

        ToolRun run = await ToolRun.Of(["compare", .. arguments.Select(argument => argument.EndsWith(".json", StringComparison.Ordinal) ? Path.Combine(_folder, argument) : argument)]);
        run.ExitCode.Should().Be(exitCode);
        run.Errors.Should().Match($"ranknas: {message}{Environment.NewLine}");
        run.Output.Should().BeEmpty();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Text(JsonElement parent, string name) => parent.GetProperty(name).GetString()!;

    private static double Number(JsonElement parent, string name) => parent.GetProperty(name).GetDouble();

    private static string Json(string space, IEnumerable<(string Method, (int Seed, int? Set, double Accuracy)[] Runs)> methods) => JsonSerializer.Serialize(new
    {
        table = 2,
        space,
        rows = methods.Select(method => new
        {
            method = method.Method,
            results = method.Runs.Select(run => run.Set is { } set
                ? (object)new { seed = run.Seed, initialisation = set, arch = "8:8:8:8:8", accuracy = new { cifar10 = new { test = run.Accuracy } } }
                : new { seed = run.Seed, arch = "8:8:8:8:8", accuracy = new { cifar10 = new { test = run.Accuracy } } }),
        }).Append<object>(new { method = "published", runs = 0 }),
    });

    private string Table(string name, params (string Method, double[] Accuracies)[] methods) => Table(name, _ => null, methods);

    private string Table(string name, Func<int, int?> setOf, params (string Method, double[] Accuracies)[] methods)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, Json("nats-sss", methods.Select(method => (method.Method, method.Accuracies.Select((accuracy, run) => (run, setOf(run), accuracy)).ToArray()))));
        return path;
    }

    private string Search(string name, string strategy, string proxy, int seed, double accuracy)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "space": "nats-sss", "strategy": "{{strategy}}", "aggregator": "rank-sum", "seed": 0, "strategySeed": {{seed}}, "budget": 100, "constraints": [], "end": "budget-used",
              "images": { "batch": 16, "fingerprint": "f" }, "ranked": [],
              "best": { "arch": "8:8:8:8:8", "scores": { "{{proxy}}": 1 }, "accuracy": { "cifar10": { "test": {{accuracy}} } } }
            }
            """));
        return path;
    }
}
