using Spectre.Console;

namespace TrainTheWinner;

/// <summary>A progress bar for an epoch on standard error, where that is a terminal.</summary>
internal static class EpochProgress
{
    public static EpochFigures Run(int epoch, int epochs, Func<Action<double>, EpochFigures> train)
    {
        if (Console.IsErrorRedirected)
        {
            return train(_ => { });
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask($"epoch {epoch + 1} of {epochs}", maxValue: 1);
                return train(part => task.Value = part);
            });
    }
}
