using MathNet.Numerics.Statistics;
using RankNas.Tool.Arguments;

namespace RankNas.Tool.Bench;

/// <summary>Times RankNas and its rivals over a seeded sample of a space, block by block in turn.</summary>
internal sealed class SpaceBench(ISearchSpace space, int architectures, int batch, int cores)
{
    // Annealing asks for four at once, ageing for four, genetic search for a hundred, random search for all: few enough that waiting at a block's end weighs something.
    private const int ArchitecturesOfCore = 6;

    public async Task<SpaceBenchResult> RunAsync(IProgress<double> progress, CancellationToken cancellationToken)
    {
        var random = new Random(architectures);
        Architecture[][] blocks = [.. Enumerable.Range(0, architectures).Select(_ => space.Sample(random)).Chunk(ArchitecturesOfCore * cores)];
        var processes = Contenders.All.ToDictionary(contender => contender, contender => ContenderProcess.Start(contender, space, batch));
        try
        {
            // The first time, code is compiled and memory fetched.
            foreach ((string contender, ContenderProcess process) in processes)
            {
                foreach (Architecture[] block in Contenders.KeepsMemory(contender) ? blocks : blocks[..1])
                {
                    await process.ScoreAsync(block, cancellationToken).ConfigureAwait(false);
                }
            }

            var measured = new List<IReadOnlyDictionary<string, BlockFigures>>();
            foreach (Architecture[] block in blocks)
            {
                var figures = new Dictionary<string, BlockFigures>();
                foreach ((string contender, ContenderProcess process) in processes)
                {
                    figures[contender] = await process.ScoreAsync(block, cancellationToken).ConfigureAwait(false);
                }

                measured.Add(figures);
                progress.Report((double)measured.Count / blocks.Length);
            }

            return Summarize(blocks, measured);
        }
        finally
        {
            foreach (ContenderProcess process in processes.Values)
            {
                process.Dispose();
            }
        }
    }

    private SpaceBenchResult Summarize(Architecture[][] blocks, List<IReadOnlyDictionary<string, BlockFigures>> measured)
    {
        double MedianOf(Func<IReadOnlyDictionary<string, BlockFigures>, double> figure) => measured.Select(figure).Median();
        double TimesRankNas(string contender) => MedianOf(block => block[contender].Seconds / block[Contenders.RankNas].Seconds);

        return new SpaceBenchResult(
            architectures,
            batch,
            measured.Zip(blocks, (block, scored) => block[Contenders.RankNas].Seconds / scored.Length).Median(),
            TimesRankNas(Contenders.Literal),
            TimesRankNas(Contenders.Lean),
            MedianOf(block => block[Contenders.RankNas].Seconds
                / Math.Min(block[Contenders.FloorByThreads].Seconds, block[Contenders.FloorByWorkers].Seconds)),
            TimesRankNas(Contenders.RankNasOnOneCore),
            ProxyOption.Paper.ToDictionary(proxy => proxy, proxy => 1 - TimesRankNas(Contenders.Without(proxy))),
            measured[^1][Contenders.RankNas].PeakMegabytes,
            measured.Zip(blocks, (block, scored) => block[Contenders.RankNas].AllocatedMegabytes / scored.Length).Median());
    }
}
