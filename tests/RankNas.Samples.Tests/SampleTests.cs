using System.Diagnostics;

namespace RankNas.Samples.Tests;

/// <summary>The samples run as their pages say, with less to do. QuickStart is the main job of the build.</summary>
public class SampleTests
{
    [Fact]
    public async Task CustomSpace_FindsArchitecturesWithinItsLimits_ByBothStrategies()
    {
        using var folder = new TempFolder();
        string output = await Sample.RunAsync("CustomSpace", folder.Path, "4");

        output.Should().Contain("annealing: the best of 4 with at most 60,000 parameters, at most 5,000,000 multiply-accumulates, a latency of at most 20 ms")
            .And.Contain("ageing: the best of 4 with ");
    }

    [Fact]
    public async Task HostedService_SearchesAndEnds_AndTheNextStartFindsTheScores()
    {
        using var folder = new TempFolder();
        string[] settings = ["--RankNas:Budget=2", "--RankNas:BatchSize=4", "--Store=scores.db"];
        (await Sample.RunAsync("HostedService", folder.Path, settings)).Should().Contain("Best so far, 2 of 2 scored");

        File.Exists(Path.Combine(folder.Path, "scores.db")).Should().BeTrue();
        (await Sample.RunAsync("HostedService", folder.Path, settings)).Should().Contain("Best so far, 2 of 2 scored");
    }

    [Fact]
    public async Task TrainTheWinner_KilledBetweenEpochs_EndsInTheSameFilesAsUninterrupted()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        byte[] records = new byte[48 * 3073];
        new Random(1).NextBytes(records);
        for (int image = 0; image < 48; image++)
        {
            records[image * 3073] = (byte)(image % 10);
        }

        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "images.bin"), records, token);
        string[] training = ["--images", "images.bin", "--space", "nats-sss", "--arch", "8:8:8:8:8", "--epochs", "4", "--batch", "8", "--out"];

        using (Process process = Sample.Start("TrainTheWinner", folder.Path, [.. training, "killed"]))
        {
            while (!process.HasExited && !File.Exists(Path.Combine(folder.Path, "killed", "checkpoint.safetensors")))
            {
                await Task.Delay(10, token);
            }

            process.Kill();
            await process.WaitForExitAsync(token);
        }

        await Sample.RunAsync("TrainTheWinner", folder.Path, [.. training, "killed"]);
        await Sample.RunAsync("TrainTheWinner", folder.Path, [.. training, "whole"]);

        foreach (string file in (string[])["winner.onnx", "winner.safetensors"])
        {
            byte[] resumed = await File.ReadAllBytesAsync(Path.Combine(folder.Path, "killed", file), token);
            resumed.Should().NotBeEmpty();
            byte[] whole = await File.ReadAllBytesAsync(Path.Combine(folder.Path, "whole", file), token);
            resumed.AsSpan().SequenceEqual(whole).Should().BeTrue(file);
        }
    }
}
