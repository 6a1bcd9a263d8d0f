using RankNas.Training;
using Spectre.Console;

namespace TrainTheWinner;

/// <summary>A progress bar for each epoch on standard error, where that is a terminal, and a line on standard output when it is over.</summary>
internal static class EpochProgress
{
    /// <summary>Shows a training, and waits for its end.</summary>
    public static async Task<TrainingResult> ShowAsync(IAsyncEnumerable<TrainingEvent> training, int epochs)
    {
        await using IAsyncEnumerator<TrainingEvent> events = training.GetAsyncEnumerator();
        while (true)
        {
            TrainingEvent? happened = await ShowBatchesAsync(events, epochs);
            switch (happened)
            {
                case EpochCompleted(var epoch, var judged, _, _):
                    Console.WriteLine(
                        $"epoch {epoch.Epoch + 1} of {epochs}: loss {epoch.Loss:F4}, {epoch.Accuracy:P1} right in training, {judged!.Accuracy:P1} of those judged by, {epoch.Seconds:F1} s");
                    break;
                case TrainingFinished(var result):
                    return result;
                default:
                    break;
            }
        }
    }

    // Returns what is no batch.
    private static async Task<TrainingEvent?> ShowBatchesAsync(IAsyncEnumerator<TrainingEvent> events, int epochs)
    {
        if (!await events.MoveNextAsync() || events.Current is not EpochStarted started || Console.IsErrorRedirected)
        {
            return events.Current;
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask task = context.AddTask($"epoch {started.Epoch + 1} of {epochs}", maxValue: 1);
                while (await events.MoveNextAsync() && events.Current is BatchCompleted batch)
                {
                    task.Value = (batch.Batch + 1d) / batch.Batches;
                }

                return events.Current;
            });
    }
}
