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

        // A search remembers scores: what is drawn again takes no time.
        HashSet<Architecture> scored = [.. blocks[0]];
        (double peak, double secondsOfTheFirst) = (first.PeakMegabytes, first.Seconds / scored.Count);
        (BlockFigures last, double secondsOfTheLast) = (first, secondsOfTheFirst);
        foreach (Architecture[] block in blocks[1..])
        {
            last = await process.ScoreAsync(block, cancellationToken).ConfigureAwait(false);
            (peak, secondsOfTheLast) = (Math.Max(peak, last.PeakMegabytes), last.Seconds / Math.Max(1, block.Count(scored.Add)));
        }

        return new ScaleBenchResult(space.Id, architectures, batch, peak, first.PeakMegabytes, last.PeakMegabytes, secondsOfTheFirst, secondsOfTheLast);
    }
}
