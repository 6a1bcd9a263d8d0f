using System.Diagnostics;
using System.Text.Json;

namespace RankNas.Tool.Tests;

public class KillAndResumeTests
{
    private const int Kills = 20;
    private const int Budget = 150;

    [Theory]
    [Trait("Category", "Campaign")]
    [InlineData("annealing")]
    [InlineData("economics")]
    public async Task ASearchKilledAtRandomMoments_EndsLikeTheUninterruptedOne(string strategy)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        string[] search =
        [
            "search", "--space", "nats-sss", "--strategy", strategy, "--budget", $"{Budget}", "--seed", "9", "--batch", "8",
            "--proxy", "naswot", "logsynflow", "--top", "20", "--json",
        ];

        // How far a run gets is read off the store itself: kills fall at start-up, between scores and inside of writes.
        string store = Path.Combine(folder.Path, "killed.db");
        var random = new Random(20);
        for (int kill = 0; kill < Kills; kill++)
        {
            using Process process = ToolProcess.Start([.. search, "--store", store]);
            await Task.Delay(random.Next(400, 2400), token);
            process.Kill();
            await process.WaitForExitAsync(token);
        }

        string resumed = await ToolProcess.RunAsync(token, [.. search, "--store", store]);
        string uninterrupted = await ToolProcess.RunAsync(token, search);
        RankedOf(resumed).Should().Be(RankedOf(uninterrupted));
    }

    private static string RankedOf(string json) => JsonDocument.Parse(json).RootElement.GetProperty("ranked").GetRawText();
}
