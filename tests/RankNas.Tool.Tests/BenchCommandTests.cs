using System.Text.Json;

namespace RankNas.Tool.Tests;

public class BenchCommandTests
{
    [Fact]
    public async Task Bench_PrintsTheFixedShape()
    {
        ToolRun run = await ToolRun.Of("bench", "--space", "nats-sss", "--sample", "1", "--batch", "2", "--json");

        run.ExitCode.Should().Be(0, run.Errors);
        run.Json.GetProperty("threads").GetInt32().Should().Be(Environment.ProcessorCount);
        run.Json.GetProperty("allCoresOverOne").GetDouble().Should().BePositive();
        run.Json.GetProperty("peakMegabytes").GetDouble().Should().BePositive();
        JsonElement figures = run.Json.GetProperty("spaces").EnumerateObject().Should().ContainSingle(space => space.Name == "nats-sss").Which.Value;
        figures.GetProperty("architectures").GetInt32().Should().Be(1);
        figures.GetProperty("batch").GetInt32().Should().Be(2);
        foreach (string ratio in (string[])["timesFasterThanLiteral", "timesFasterThanLean", "timesTheFloor"])
        {
            figures.GetProperty(ratio).GetDouble().Should().BePositive();
        }

        figures.GetProperty("shareOfTime").EnumerateObject().Should().HaveCount(3);
    }

    [Fact]
    [Trait("Category", "Campaign")]
    public async Task Bench_Thorough_TimesEachBlockSeveralTimes()
    {
        ToolRun run = await ToolRun.Of("bench", "--space", "nats-sss", "--sample", "1", "--batch", "2", "--thorough", "--json");

        run.ExitCode.Should().Be(0, run.Errors);
        run.Errors.Split('\n').Count(line => line.Contains("so far", StringComparison.Ordinal)).Should().Be(4, "there are three rounds, and one of the slow ones");
        run.Json.GetProperty("spaces").GetProperty("nats-sss").GetProperty("architectures").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task Bench_Scale_ComparesTheBeginningWithTheEnd()
    {
        ToolRun run = await ToolRun.Of("bench", "--scale", "3", "--batch", "2", "--json");

        run.ExitCode.Should().Be(0, run.Errors);
        run.Json.GetProperty("architectures").GetInt32().Should().Be(3);
        double[] peaks = [.. ((string[])["peakMegabytesOfTheFirst", "peakMegabytesOfTheLast"]).Select(name => run.Json.GetProperty(name).GetDouble())];
        peaks.Should().AllSatisfy(peak => peak.Should().BePositive());
        run.Json.GetProperty("peakMegabytes").GetDouble().Should().Be(peaks.Max(), "there are no others");
        run.Json.GetProperty("secondsOfTheLast").GetDouble().Should().BePositive();
    }

    [Fact]
    public async Task Bench_BFloat16_TellsEachProxysLoss()
    {
        ToolRun run = await ToolRun.Of("bench", "--bfloat16", "4", "--batch", "4", "--json");

        run.ExitCode.Should().Be(0, run.Errors);
        run.Json.GetArrayLength().Should().Be(2);
        foreach (JsonElement space in run.Json.EnumerateArray())
        {
            space.GetProperty("architectures").GetInt32().Should().Be(4);
            space.GetProperty("timesFaster").GetDouble().Should().BePositive();
            space.GetProperty("proxies").EnumerateObject().Select(proxy => proxy.Name)
                .Should().Equal("noise-immunity", "noise-immunity-complexity", "naswot", "logsynflow");
            space.GetProperty("proxies").GetProperty("logsynflow").GetProperty("spearman").GetDouble().Should().BeGreaterThan(0);
        }
    }
}
