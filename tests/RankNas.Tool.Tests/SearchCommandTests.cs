using System.Text.Json;

namespace RankNas.Tool.Tests;

public class SearchCommandTests
{
    private static readonly string[] Small = ["search", "--space", "nats-sss", "--batch", "4", "--proxy", "naswot", "logsynflow", "--json"];

    public static TheoryData<string> Strategies => ["random", "genetic", "annealing", "ageing", "economics", "local", "bayesian", "pareto", "exhaustive"];

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Search_EveryStrategy_PrintsTheFixedShape(string strategy)
    {
        ToolRun run = await ToolRun.Of([.. Small, "--strategy", strategy, "--budget", "12", "--top", "3", "--seed", "5"]);

        run.ExitCode.Should().Be(0, run.Errors);
        run.Json.GetProperty("space").GetString().Should().Be("nats-sss");
        run.Json.GetProperty("version").GetString().Should().Be(ToolVersion.Text);
        run.Json.GetProperty("strategy").GetString().Should().Be(strategy);
        run.Json.GetProperty("aggregator").GetString().Should().Be("rank-sum");
        run.Json.GetProperty("budget").GetInt32().Should().Be(12);
        run.Json.GetProperty("constraints").GetArrayLength().Should().Be(0);
        run.Json.GetProperty("fromStore").GetInt32().Should().Be(0);
        run.Json.GetProperty("notices").ValueKind.Should().Be(JsonValueKind.Array);
        run.Json.GetProperty("seed").GetInt64().Should().Be(5);
        run.Json.GetProperty("evaluations").GetInt32().Should().Be(12);
        run.Json.GetProperty("seconds").GetDouble().Should().BePositive();
        run.Json.GetProperty("images").GetProperty("synthetic").GetBoolean().Should().BeTrue();
        JsonElement[] ranked = [.. run.Json.GetProperty("ranked").EnumerateArray()];
        ranked.Should().HaveCountLessThanOrEqualTo(3).And.NotBeEmpty();
        ranked[0].GetProperty("rank").GetInt32().Should().Be(1);
        ranked[0].GetProperty("arch").GetString().Should().Be(run.Json.GetProperty("best").GetProperty("arch").GetString());
        ranked[0].GetProperty("rankSum").GetDouble().Should().Be(
            ranked[0].GetProperty("ranks").GetProperty("naswot").GetDouble() + ranked[0].GetProperty("ranks").GetProperty("logsynflow").GetDouble());
        ranked[0].GetProperty("scores").GetProperty("naswot").GetDouble().Should().BePositive();
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Search_WithLimits_KeepsToThem(string strategy)
    {
        ToolRun run = await ToolRun.Of([.. Small, "--strategy", strategy, "--budget", "8", "--max-parameters", "60000", "--max-macs", "20000000"]);
        run.ExitCode.Should().Be(0, run.Errors);
        JsonElement[] ranked = [.. run.Json.GetProperty("ranked").EnumerateArray()];
        run.Json.GetProperty("constraints").EnumerateArray().Select(constraint => constraint.GetString())
            .Should().Equal("at most 60,000 parameters", "at most 20,000,000 multiply-accumulates");
        ranked.Should().NotBeEmpty().And.OnlyContain(candidate =>
            candidate.GetProperty("parameters").GetInt64() <= 60_000 && candidate.GetProperty("macs").GetInt64() <= 20_000_000);
    }

    [Fact]
    public async Task Search_WithObjectives_ListsTheFrontAndItsKnee()
    {
        string[] arguments = [.. Small, "--strategy", "pareto", "--budget", "12", "--objective", "params", "memory"];
        ToolRun whole = await ToolRun.Of([.. arguments, "--top", "12"]);
        ToolRun front = await ToolRun.Of([.. arguments, "--pareto"]);

        front.ExitCode.Should().Be(0, front.Errors);
        (string Arch, double[] Point)[] all = PointsOf(whole), listed = PointsOf(front);
        all.Should().HaveCount(12).And.OnlyContain(one => one.Point.Length == 3);
        listed.Select(one => one.Arch).Should().BeEquivalentTo(all.Where(one => !all.Any(other =>
            other.Point.Zip(one.Point).All(pair => pair.First <= pair.Second) && other.Point.Zip(one.Point).Any(pair => pair.First < pair.Second))).Select(one => one.Arch));
        listed.Select(one => one.Arch).Should().Contain(front.Json.GetProperty("knee").GetString());
        whole.Json.TryGetProperty("knee", out _).Should().BeFalse();

        static (string, double[])[] PointsOf(ToolRun run) => [.. run.Json.GetProperty("ranked").EnumerateArray().Select(candidate => (
            candidate.GetProperty("arch").GetString()!,
            (double[])[candidate.GetProperty("rankSum").GetDouble(), .. candidate.GetProperty("objectives").EnumerateObject().Select(objective => objective.Value.GetDouble())]))];
    }

    [Fact]
    public async Task Search_WithATableOfLatencies_SearchesItsArchitectures()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        await File.WriteAllTextAsync(path, "arch,pi\n8:8:8:8:8,1\n8:16:8:8:8,2.5\n64:8:8:8:8,9\n", TestContext.Current.CancellationToken);
        try
        {
            ToolRun run = await ToolRun.Of([.. Small, "--strategy", "pareto", "--objective", "latency", "--latency-table", path, "--latency-column", "pi", "--pareto"]);
            run.ExitCode.Should().Be(0, run.Errors);
            run.Json.GetProperty("evaluations").GetInt32().Should().Be(3);
            run.Json.GetProperty("ranked").EnumerateArray().Should().Contain(candidate => candidate.GetProperty("objectives").GetProperty("latency").GetDouble() == 1);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Search_WithALimitThatNothingKeepsTo_SaysSo()
    {
        ToolRun run = await ToolRun.Of([.. Small, "--strategy", "annealing", "--max-parameters", "10"]);
        run.ExitCode.Should().Be(1);
        run.Output.Should().BeEmpty();
        run.Errors.Should().EndWith($"ranknas: Nothing in nats-sss was found that has at most 10 parameters: loosen the constraints.{Environment.NewLine}");
    }

    [Fact]
    public async Task Search_AnotherNumberOfWorkers_PrintsTheSameRanking()
    {
        string[] arguments = [.. Small, "--strategy", "random", "--budget", "10", "--top", "10"];
        ToolRun one = await ToolRun.Of([.. arguments, "--workers", "1"]);
        ToolRun three = await ToolRun.Of([.. arguments, "--workers", "3"]);
        three.Json.GetProperty("ranked").GetRawText().Should().Be(one.Json.GetProperty("ranked").GetRawText());
    }

    [Fact]
    public async Task Search_AgainFromItsStore_PrintsTheSameRankingWithoutScoring()
    {
        string store = Path.Combine(Path.GetTempPath(), $"ranknas-{Guid.NewGuid():N}.db");
        try
        {
            string[] arguments = [.. Small, "--strategy", "annealing", "--budget", "15", "--store", store];
            ToolRun first = await ToolRun.Of(arguments);
            ToolRun again = await ToolRun.Of(arguments);
            again.ExitCode.Should().Be(0, again.Errors);
            again.Json.GetProperty("fromStore").GetInt32().Should().Be(15);
            again.Json.GetProperty("ranked").GetRawText().Should().Be(first.Json.GetProperty("ranked").GetRawText());
        }
        finally
        {
            Array.ForEach(Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(store) + "*"), File.Delete);
        }
    }

    [Fact]
    public async Task Search_Cancelled_PrintsWhatThereIsAndEndsWith130()
    {
        ToolRun run = await ToolRun.Of(new CancellationToken(canceled: true), [.. Small, "--strategy", "random"]);
        run.ExitCode.Should().Be(130);
        run.Json.GetProperty("end").GetString().Should().Be("cancelled");
    }

    [Fact]
    public async Task Search_WithoutJson_IsATableForPeople()
    {
        ToolRun run = await ToolRun.Of("search", "--space", "nats-sss", "--batch", "4", "--strategy", "random", "--budget", "3");
        run.ExitCode.Should().Be(0, run.Errors);
        run.Output.Should().Contain("rank sum").And.Contain("noise-immunity").And.Contain("naswot").And.Contain("logsynflow")
            .And.Contain("3 architectures of nats-sss scored in").And.Contain("Images:");
    }
}
