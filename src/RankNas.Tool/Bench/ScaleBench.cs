using RankNas.Tool.Bench.Contenders;

namespace RankNas.Tool.Bench;

/// <summary>Scores many architectures in one process by the same workers, as a search does, to see whether memory and time stay flat.</summary>
internal static class ScaleBench
{
    private const int Early = 500;

    public static async Task<ScaleBenchResult> RunAsync(ISearchSpace space, int architectures, int batch, CancellationToken cancellationToken)
    {
        var random = new Random(architectures);
        using ContenderProcess process = ContenderProcess.Start(ContenderNames.RankNasInOneSearch, space, batch);
        Architecture[][] blocks = [.. Enumerable.Range(0, architectures).Select(_ => space.Sample(random)).Chunk(Early)];
        BlockFigures first = await process.ScoreAsync(blocks[0], cancellationToken).ConfigureAwait(false);
        double peak = first.PeakMegabytes;
        foreach (Architecture[] block in blocks[1..])
        {
            BlockFigures figures = await process.ScoreAsync(block, cancellationToken).ConfigureAwait(false);
            peak = Math.Max(peak, figures.PeakMegabytes);
        }

        // The same ones once more: others may be larger, and two large ones may meet.
        BlockFigures again = await process.ScoreAsync(blocks[0], cancellationToken).ConfigureAwait(false);
        return new ScaleBenchResult(
            space.Id, architectures, batch, Math.Max(peak, again.PeakMegabytes), first.PeakMegabytes, again.PeakMegabytes, first.Seconds / blocks[0].Length, again.Seconds / blocks[0].Length);
    }
}
