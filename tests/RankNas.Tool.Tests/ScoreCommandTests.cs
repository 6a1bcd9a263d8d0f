using System.Text.Json;

namespace RankNas.Tool.Tests;

public class ScoreCommandTests
{
    private static readonly (string Golden, string Proxy)[] Figures =
    [
        ("naswot", "naswot"), ("noise_immunity_eta", "noise-immunity"), ("noise_immunity_complexity", "noise-immunity-complexity"),
        ("logsynflow", "logsynflow"), ("synflow", "synflow"),
    ];

    [Theory]
    [InlineData("nats-tss", "float64", 1e-6)]
    [InlineData("nats-tss", "float32", 1e-4)]
    [InlineData("nats-sss", "float64", 1e-6)]
    [InlineData("nats-sss", "float32", 1e-4)]
    public async Task Score_Golden_PrintsEveryFigureWithinItsTolerance(string space, string precision, double tolerance)
    {
        // Large networks take many seconds in float64; the proxies' own tests have them.
        long largest = precision == "float64" ? 100_000_000 : long.MaxValue;
        JsonElement[] golden = [.. JsonDocument.Parse(await File.ReadAllTextAsync(TestData.Golden("nats-bench.json"), TestContext.Current.CancellationToken))
            .RootElement.EnumerateArray().Where(expected => expected.GetProperty("arch").GetString()!.Contains('|') == (space == "nats-tss")
                && expected.GetProperty("macs").GetInt64() < largest)];
        golden.Should().NotBeEmpty();

        ToolRun run = await ToolRun.Of(
        [
            "score", "--space", space, "--images", TestData.Path("cifar10-train-400.bin"), "--batch", "32", "--init", "splitmix",
            "--noise", "splitmix", "--precision", precision, "--json", "--arch", .. golden.Select(expected => expected.GetProperty("arch").GetString()!),
        ]);

        run.ExitCode.Should().Be(0, run.Errors);
        JsonElement[] scored = [.. run.Json.EnumerateArray()];
        scored.Should().HaveSameCount(golden);
        foreach ((JsonElement expected, JsonElement actual) in golden.Zip(scored))
        {
            string arch = expected.GetProperty("arch").GetString()!;
            actual.GetProperty("arch").GetString().Should().Be(arch);
            actual.GetProperty("parameters").GetInt64().Should().Be(expected.GetProperty("parameters").GetInt64());
            actual.GetProperty("macs").GetInt64().Should().Be(expected.GetProperty("macs").GetInt64());
            actual.GetProperty("failures").EnumerateObject().Should().BeEmpty();
            foreach ((string name, string proxy) in Figures)
            {
                double figure = expected.GetProperty(name).GetDouble();
                actual.GetProperty("scores").GetProperty(proxy).GetDouble()
                    .Should().BeApproximately(figure, Math.Abs(figure) * tolerance, $"{proxy} of {arch} is golden");
            }
        }
    }

    [Fact]
    public async Task Score_WithoutJson_IsATableForPeople()
    {
        ToolRun run = await ToolRun.Of("score", "--space", "nats-sss", "--arch", "8:8:8:8:8", "--batch", "4", "--proxy", "naswot", "logsynflow");
        run.ExitCode.Should().Be(0, run.Errors);
        run.Output.Should().Contain("8:8:8:8:8").And.Contain("11,714").And.Contain("naswot").And.Contain("logsynflow").And.NotContain(" synflow");
    }
}
