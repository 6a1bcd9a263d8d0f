using System.Globalization;

namespace RankNas.Packages.Tests;

[Trait("Category", "Campaign")]
public class SampleScriptTests
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    [Fact]
    public async Task EveryScript_IsShort_AndRuns()
    {
        // One after the other: they build the same libraries.
        Dictionary<string, string> outputs = [];
        using var temporary = new TempFolder();
        foreach (string script in Directory.GetFiles(Repository.PathOf("samples", "scripts"), "*.cs"))
        {
            (await File.ReadAllLinesAsync(script, TestContext.Current.CancellationToken)).Length.Should().BeLessThan(40);
            string[] arguments = ArgumentsOf(Path.GetFileName(script), temporary);
            DotnetRun run = await DotnetRun.Of(Path.GetDirectoryName(script)!, Nothing, ["run", "-c", PackageSource.Configuration, Path.GetFileName(script), "--", .. arguments]);
            outputs[Path.GetFileName(script)] = run.ShouldSucceed().Output;
        }

        outputs.Keys.Should().BeEquivalentTo(["search.cs", "score-own-network.cs", "compare-proxies.cs"]);
        outputs["search.cs"].Should().Contain("2 architectures with at most 150,000 parameters.");
        outputs["score-own-network.cs"].Should().Contain("width  8: naswot ").And.Contain("width 32: naswot ");
        outputs["compare-proxies.cs"].Should().Contain("3 architectures").And.Contain("rank-sum").And.Contain("Kendall's tau");
    }

    private static string[] ArgumentsOf(string script, TempFolder temporary)
    {
        switch (script)
        {
            case "search.cs":
                return ["2"];
            case "compare-proxies.cs":
                // All but the three are constrained away.
                string[] rows = [.. ((string[])["nor_conv_3x3", "nor_conv_1x1", "skip_connect"]).Select((operation, row) => string.Create(
                    CultureInfo.InvariantCulture, $"|{operation}~0|+|{operation}~0|none~1|+|{operation}~0|none~1|{operation}~2|,{90 - row},{90 - row}"))];
                string table = temporary.File("accuracies.csv");
                File.WriteAllLines(table, ["arch,c10_valid,c10_test", .. rows]);
                return [table, "3"];
            default:
                return [];
        }
    }
}
