namespace RankNas.Tool.Bench;

/// <summary>Scores many architectures in one process, to see whether memory and time stay flat.</summary>
internal static class ScaleBench
{
    private const int Early = 500;

    public static async Task<ScaleBenchResult> RunAsync(ISearchSpace space, int architectures, int batch, CancellationToken cancellationToken)
    {
        var random = new Random(architectures);
        using ContenderProcess process = ContenderProcess.Start(Contenders.RankNas, space, batch);
        var measured = new List<BlockFigures>();
        for (int scored = 0; scored < architectures; scored += Early)
        {
            Architecture[] block = [.. Enumerable.Range(0, Math.Min(Early, architectures - scored)).Select(_ => space.Sample(random))];
            measured.Add(await process.ScoreAsync(block, cancellationToken).ConfigureAwait(false));
        }

        int last = architectures - (Early * (measured.Count - 1));
        return new ScaleBenchResult(
            space.Id, architectures, batch, measured[0].PeakMegabytes, measured[^1].PeakMegabytes,
            measured[0].Seconds / Math.Min(Early, architectures), measured[^1].Seconds / last);
    }
}
