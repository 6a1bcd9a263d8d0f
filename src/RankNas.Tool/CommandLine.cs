using RankNas.Tool.Commands;
using RankNas.Tool.Help;

namespace RankNas.Tool;

/// <summary>The whole command line: parses, runs, and turns what goes wrong into one line and an exit code.</summary>
internal static class CommandLine
{
    // A word that begins with @ is a word, and not the name of a file with more of them.
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        ParseResult? parsed = null;
        try
        {
            parsed = CreateRoot(output, errors).Parse(args, Parser);
            if (ParseErrors.Find(parsed) is { } wrong)
            {
                throw new UsageException(wrong);
            }

            if (output is StandardStream stream && parsed.CommandResult.Command.Options.Any(option => option.Name == JsonOutput.OptionName))
            {
                // Before the work whose result could not be written.
                stream.ThrowIfClosed();
            }

            var configuration = new InvocationConfiguration
            {
                Output = output,
                Error = errors,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await errors.WriteLineAsync(parsed?.CommandResult.Command is ToolCommand { ResumedBy: { } option }
                ? $"Cancelled: with {option} the same command goes on where it stopped."
                : "Cancelled.").ConfigureAwait(false);
            return ExitCode.Cancelled;
        }
        catch (OutputException) when (cancellationToken.IsCancellationRequested)
        {
            // The terminal that hung up has taken standard output with it.
            return ExitCode.Cancelled;
        }
        catch (Exception exception)
        {
            var failure = Failure.Of(exception);
            failure.Write(errors);
            return failure.ExitCode;
        }
    }

    private static RootCommand CreateRoot(TextWriter output, TextWriter errors)
    {
        RootCommand root = new("Finds good neural architectures without training any.")
        {
            FitCommand.Create(output, errors),
            PredictCommand.Create(output),
            ScoreCommand.Create(output, errors),
            SearchCommand.Create(output, errors),
            ReportCommand.Create(errors),
            CorrelateCommand.Create(output, errors),
            CombineCommand.Create(output, errors),
            CompareCommand.Create(output),
            QueryCommand.Create(output),
            ReproduceCommand.Create(output, errors),
            StudyCommand.Create(output, errors),
            WorkerCommand.Create(errors),
            ClusterCommand.Create(output),
            ScoresCommand.Create(errors),
            SpacesCommand.Create(output),
            ExportCommand.Create(errors),
            BenchCommand.Create(output, errors),
            DoctorCommand.Create(output, errors),
            BenchContenderCommand.Create(Console.In, output),
        };
        var help = new HelpTextAction();
        root.Options.OfType<System.CommandLine.Help.HelpOption>().Single().Action = help;
        root.SetAction(help.Invoke);
        return root;
    }
}
