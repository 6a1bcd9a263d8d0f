using RankNas.Graphs;
using RankNas.Tool.Bench.Contenders;

namespace RankNas.Tool.Bench;

/// <summary>Scores many architectures in one process, to see whether memory and time stay flat.</summary>
internal static class ScaleBench
{
    private const int Early = 500;
    private const int Largest = 16;

    public static async Task<ScaleBenchResult> RunAsync(ISearchSpace space, int architectures, int batch, CancellationToken cancellationToken)
    {
        var random = new Random(architectures);
        using ContenderProcess process = ContenderProcess.Start(ContenderNames.RankNas, space, batch);
        Architecture[] drawn = [.. Enumerable.Range(0, architectures).Select(_ => space.Sample(random))];
        Architecture[][] blocks = [.. drawn.Chunk(Early)];

        // Two large ones meet by chance: those that need the most meet at first, so that what comes after is growth.
        Architecture[] largest = [.. drawn.OrderByDescending(architecture => ActivationsOf(space, architecture)).Take(Largest)];
        BlockFigures most = await process.ScoreAsync(largest, cancellationToken).ConfigureAwait(false);
        BlockFigures first = await process.ScoreAsync(blocks[0], cancellationToken).ConfigureAwait(false);
        double peak = Math.Max(most.PeakMegabytes, first.PeakMegabytes);
        foreach (Architecture[] block in blocks[1..])
        {
            BlockFigures figures = await process.ScoreAsync(block, cancellationToken).ConfigureAwait(false);
            peak = Math.Max(peak, figures.PeakMegabytes);
        }

        BlockFigures again = await process.ScoreAsync(blocks[0], cancellationToken).ConfigureAwait(false);
        return new ScaleBenchResult(
            space.Id, architectures, batch, Math.Max(peak, again.PeakMegabytes), most.PeakMegabytes, first.Seconds / blocks[0].Length, again.Seconds / blocks[0].Length);
    }

    private static long ActivationsOf(ISearchSpace space, Architecture architecture) =>
        space.Describe(architecture, SpaceOptions.ShapeFor(space, new NetworkShape())).Costs.PeakActivations;
}
