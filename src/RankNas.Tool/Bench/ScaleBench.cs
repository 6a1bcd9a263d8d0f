using RankNas.Tool.Bench.Contenders;

namespace RankNas.Tool.Bench;

/// <summary>Scores many architectures in one process, to see whether memory and time stay flat.</summary>
internal static class ScaleBench
{
    private const int Early = 500;

    public static async Task<ScaleBenchResult> RunAsync(ISearchSpace space, int architectures, int batch, CancellationToken cancellationToken)
    {
        var random = new Random(architectures);
        using ContenderProcess process = ContenderProcess.Start(ContenderNames.RankNas, space, batch);
        Architecture[][] blocks = [.. Enumerable.Range(0, architectures).Select(_ => space.Sample(random)).Chunk(Early)];
        BlockFigures first = await process.ScoreAsync(blocks[0], cancellationToken).ConfigureAwait(false);
        BlockFigures last = first;
        foreach (Architecture[] block in blocks[1..])
        {
            last = await process.ScoreAsync(block, cancellationToken).ConfigureAwait(false);
        }

        // The same ones once more: the last may be larger than the first.
        BlockFigures again = await process.ScoreAsync(blocks[0], cancellationToken).ConfigureAwait(false);
        return new ScaleBenchResult(
            space.Id, architectures, batch, first.PeakMegabytes, last.PeakMegabytes, first.Seconds / blocks[0].Length, again.Seconds / blocks[0].Length);
    }
}
