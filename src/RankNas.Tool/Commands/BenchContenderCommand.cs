using System.CommandLine;
using System.Diagnostics;
using RankNas.Tool.Arguments;
using RankNas.Tool.Bench;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas bench-contender</c>, hidden: scores blocks of architectures that come in line by line, and answers with figures.</summary>
internal static class BenchContenderCommand
{
    public static Command Create(TextReader input, TextWriter output)
    {
        var contender = new Argument<string>("contender");
        Option<string> space = SpaceOption.Create();
        NumberOption<int> batch = BatchOption.Create(2);
        var command = new Command("bench-contender", "One side of a bench.") { contender, space, batch };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ISearchSpace searched = SpaceOption.Resolve(parsed.GetValue(space));
            IContender scorer = Contenders.Create(parsed.GetRequiredValue(contender), searched, parsed.GetValue(batch));
            Task<string?> next = ReadAsync(input);
            while (await next.WaitAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                // Who asks for no more while this is under way has gone.
                next = ReadAsync(input);
                _ = next.ContinueWith(read => EndAlone(read.Result), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
                Architecture[] block = [.. line.Split('\t').Select(searched.Parse)];
                long allocated = GC.GetTotalAllocatedBytes(precise: true);
                long start = Stopwatch.GetTimestamp();
                await scorer.ScoreAsync(block, cancellationToken).ConfigureAwait(false);
                double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                double megabytes = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1e6;
                await output.WriteLineAsync(new BlockFigures(seconds, PeakMemory.Megabytes(), megabytes).ToString()).ConfigureAwait(false);
                await output.FlushAsync(cancellationToken).ConfigureAwait(false);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Task<string?> ReadAsync(TextReader input) => Task.Run(input.ReadLine);

    private static void EndAlone(string? line)
    {
        if (line is null)
        {
            HardExit.With(ExitCode.Done);
        }
    }
}
