using System.Diagnostics;
using RankNas.Tool.Bench.Contenders;

namespace RankNas.Tool.Bench;

/// <summary>Times RankNas and its rivals over a seeded sample of a space, block by block in turn.</summary>
internal sealed class SpaceBench(ISearchSpace space, BenchEffort effort, int batch, int cores)
{
    private readonly BenchTurns _turns = new(batch);

    /// <summary>Runs to the end, the limit or cancelling: what was timed by then stands.</summary>
    /// <param name="progress">Told of the figures after each turn.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled before the first turn.</exception>
    public async Task<SpaceBenchResult> RunAsync(IProgress<SpaceBenchResult> progress, CancellationToken cancellationToken)
    {
        var random = new Random(effort.Architectures);
        Architecture[][] blocks = [.. Enumerable.Range(0, effort.Architectures).Select(_ => space.Sample(random)).Chunk(BenchEffort.BlockOfCore * cores)];
        var processes = ContenderNames.All.ToDictionary(contender => contender, contender => ContenderProcess.Start(contender, space, batch));
        try
        {
            await TimeAsync(blocks, processes, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_turns.IsEmpty)
        {
            // What is done stands.
        }
        finally
        {
            foreach (ContenderProcess process in processes.Values)
            {
                process.Dispose();
            }
        }

        return _turns.Summarize(effort.Rounds);
    }

    private async Task TimeAsync(
        Architecture[][] blocks, Dictionary<string, ContenderProcess> processes, IProgress<SpaceBenchResult> progress, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        string[] quick = [.. processes.Keys.Where(ContenderNames.IsQuick)];
        string[] slow = [.. processes.Keys.Except(quick)];
        await WarmUpAsync(blocks, processes, cancellationToken).ConfigureAwait(false);
        TimeSpan longest = TimeSpan.Zero;
        foreach (Architecture[] block in blocks)
        {
            TimeSpan start = watch.Elapsed;
            if (effort.Limit != Timeout.InfiniteTimeSpan && start + longest > effort.Limit)
            {
                return;
            }

            for (int round = 0; round < effort.Rounds; round++)
            {
                _turns.AddQuick(await TurnAsync(block, quick, processes, cancellationToken).ConfigureAwait(false));
                progress.Report(_turns.Summarize(effort.Rounds));
            }

            if (slow.Length > 0)
            {
                _turns.AddSlow(await SlowTurnAsync(block[..Math.Min(block.Length, effort.SlowOfCore * cores)], slow, processes, cancellationToken).ConfigureAwait(false));
                progress.Report(_turns.Summarize(effort.Rounds));
            }

            longest = watch.Elapsed - start;
        }
    }

    // The first time, code is compiled and memory fetched. Slow contenders are warm after one block, or after one architecture where time is short.
    private async Task WarmUpAsync(Architecture[][] blocks, Dictionary<string, ContenderProcess> processes, CancellationToken cancellationToken)
    {
        bool isThorough = effort.Limit == Timeout.InfiniteTimeSpan;
        foreach ((string contender, ContenderProcess process) in processes)
        {
            bool isQuick = ContenderNames.IsQuick(contender);
            foreach (Architecture[] block in isThorough && isQuick ? blocks : blocks[..1])
            {
                await process.ScoreAsync(isThorough || isQuick ? block : block[..1], cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task<Turn> TurnAsync(
        Architecture[] block, string[] contenders, Dictionary<string, ContenderProcess> processes, CancellationToken cancellationToken)
    {
        var figures = new Dictionary<string, BlockFigures>();
        foreach (string contender in contenders)
        {
            figures[contender] = await processes[contender].ScoreAsync(block, cancellationToken).ConfigureAwait(false);
        }

        return new Turn(block.Length, figures);
    }

    // RankNas before and after: the machine may have changed in the meantime.
    private static async Task<Turn> SlowTurnAsync(
        Architecture[] block, string[] slow, Dictionary<string, ContenderProcess> processes, CancellationToken cancellationToken)
    {
        Turn before = await TurnAsync(block, [ContenderNames.RankNas, .. slow], processes, cancellationToken).ConfigureAwait(false);
        Turn after = await TurnAsync(block, [ContenderNames.RankNas], processes, cancellationToken).ConfigureAwait(false);
        BlockFigures last = after.Figures[ContenderNames.RankNas];
        double seconds = (before.SecondsOf(ContenderNames.RankNas) + last.Seconds) / 2;
        return before with { Figures = new Dictionary<string, BlockFigures>(before.Figures) { [ContenderNames.RankNas] = last with { Seconds = seconds } } };
    }
}
