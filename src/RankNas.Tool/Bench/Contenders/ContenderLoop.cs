using System.Diagnostics;

namespace RankNas.Tool.Bench.Contenders;

/// <summary>One side of a bench: scores blocks of architectures that come in line by line, and answers with figures.</summary>
internal static class ContenderLoop
{
    /// <summary>Answers until the input ends.</summary>
    /// <param name="contender">Scores.</param>
    /// <param name="space">The space that the architectures are of.</param>
    /// <param name="input">Gives architectures, separated by tabs.</param>
    /// <param name="output">Takes <see cref="BlockFigures"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task RunAsync(IContender contender, ISearchSpace space, TextReader input, TextWriter output, CancellationToken cancellationToken)
    {
        Task<string?> next = ReadAsync(input);
        while (await next.WaitAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            // Who asks for no more while this is under way has gone.
            next = ReadAsync(input);
            _ = next.ContinueWith(read => EndAlone(read.Result), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            Architecture[] block = [.. line.Split('\t').Select(space.Parse)];
            PeakMemory.Reset();
            long allocated = GC.GetTotalAllocatedBytes(precise: true);
            long start = Stopwatch.GetTimestamp();
            await contender.ScoreAsync(block, cancellationToken).ConfigureAwait(false);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            double megabytes = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1e6;
            await output.WriteLineAsync(new BlockFigures(seconds, PeakMemory.Megabytes(), megabytes).ToString()).ConfigureAwait(false);
            await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static Task<string?> ReadAsync(TextReader input) => Task.Run(input.ReadLine);

    private static void EndAlone(string? line)
    {
        if (line is null)
        {
            HardExit.With(0);
        }
    }
}
