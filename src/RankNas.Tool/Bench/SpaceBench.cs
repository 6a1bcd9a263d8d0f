using MathNet.Numerics.Statistics;
using RankNas.SearchSpaces;
using RankNas.Tool.Arguments;
using RankNas.Tool.Bench.Contenders;

namespace RankNas.Tool.Bench;

/// <summary>Times RankNas and its rivals over a seeded sample of a space, block by block in turn.</summary>
internal sealed class SpaceBench(ISearchSpace space, int architectures, int batch, int cores)
{
    // Annealing asks for four at once, ageing for four, genetic search for a hundred, random search for all: few enough that waiting at a block's end weighs something.
    private const int ArchitecturesOfCore = 6;

    // How often the quick ones are timed: a machine that others use too takes a tenth more or less from one second to the next.
    private const int Rounds = 3;

    public async Task<SpaceBenchResult> RunAsync(IProgress<double> progress, CancellationToken cancellationToken)
    {
        var random = new Random(architectures);
        Architecture[][] blocks = [.. Enumerable.Range(0, architectures).Select(_ => space.Sample(random)).Chunk(ArchitecturesOfCore * cores)];
        var processes = ContenderNames.All.ToDictionary(contender => contender, contender => ContenderProcess.Start(contender, space, batch));
        var turns = new List<Turn>();
        try
        {
            // The first time, code is compiled and memory fetched.
            foreach ((string contender, ContenderProcess process) in processes)
            {
                foreach (Architecture[] block in ContenderNames.IsQuick(contender) ? blocks : blocks[..1])
                {
                    await process.ScoreAsync(block, cancellationToken).ConfigureAwait(false);
                }
            }

            foreach ((int round, Architecture[] block) in blocks.SelectMany(block => Enumerable.Range(0, Rounds).Select(round => (round, block))))
            {
                var figures = new Dictionary<string, BlockFigures>();
                foreach ((string contender, ContenderProcess process) in processes.Where(process => round == 0 || ContenderNames.IsQuick(process.Key)))
                {
                    figures[contender] = await process.ScoreAsync(block, cancellationToken).ConfigureAwait(false);
                }

                turns.Add(new Turn(block.Length, figures));
                progress.Report((double)turns.Count / (Rounds * blocks.Length));
            }

            return Summarize(turns);
        }
        catch (OperationCanceledException) when (turns.Count > 0)
        {
            // Every turn has its own ratios: those that are done stand.
            return Summarize(turns);
        }
        finally
        {
            foreach (ContenderProcess process in processes.Values)
            {
                process.Dispose();
            }
        }
    }

    private SpaceBenchResult Summarize(List<Turn> turns)
    {
        double MedianOf(Func<Turn, double> figure) => turns.Select(figure).Median();
        double? TimesRival(string contender) => ContenderNames.RivalsProgram is null ? null : TimesRankNas(contender);
        double TimesRankNas(string contender) => turns.Where(turn => turn.Figures.ContainsKey(contender))
            .Select(turn => turn.SecondsOf(contender) / turn.SecondsOf(ContenderNames.RankNas)).Median();

        return new SpaceBenchResult(
            turns.Where((_, turn) => turn % Rounds == 0).Sum(turn => turn.Architectures),
            batch,
            MedianOf(turn => turn.SecondsOf(ContenderNames.RankNas) / turn.Architectures),
            TimesRival(ContenderNames.Literal),
            TimesRival(ContenderNames.Lean),
            ContenderNames.RivalsProgram is null ? null : MedianOf(turn => turn.SecondsOf(ContenderNames.RankNas)
                / Math.Min(turn.SecondsOf(ContenderNames.FloorByThreads), turn.SecondsOf(ContenderNames.FloorByWorkers))),
            TimesRankNas(ContenderNames.RankNasOnOneCore),
            ProxyOption.Paper.ToDictionary(proxy => proxy, proxy => 1 - TimesRankNas(ContenderNames.Without(proxy))),
            turns[^1].Figures[ContenderNames.RankNas].PeakMegabytes,
            MedianOf(turn => turn.Figures[ContenderNames.RankNas].AllocatedMegabytes / turn.Architectures));
    }

    /// <summary>What everyone needed for the same block, one after the other.</summary>
    private sealed record Turn(int Architectures, IReadOnlyDictionary<string, BlockFigures> Figures)
    {
        public double SecondsOf(string contender) => Figures[contender].Seconds;
    }
}
