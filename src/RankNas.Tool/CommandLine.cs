using System.CommandLine;
using System.CommandLine.Parsing;
using RankNas.Tool.Arguments;
using RankNas.Tool.Commands;

namespace RankNas.Tool;

/// <summary>The whole command line: parses, runs, and turns what goes wrong into one line and an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        RootCommand root = new("Finds good neural architectures without training any.")
        {
            ScoreCommand.Create(output, errors),
            SearchCommand.Create(output, errors),
            ReportCommand.Create(errors),
            CorrelateCommand.Create(output, errors),
            CombineCommand.Create(output, errors),
            QueryCommand.Create(output),
            ReproduceCommand.Create(output, errors),
            StudyCommand.Create(output),
            ScoresCommand.Create(errors),
            ExportCommand.Create(errors),
            BenchCommand.Create(output, errors),
            BenchContenderCommand.Create(Console.In, output),
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return WrongArguments(errors, Explain(parsed));
        }

        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = errors,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await errors.WriteLineAsync("Cancelled: with --store the same command goes on where it stopped.").ConfigureAwait(false);
            return ExitCode.Cancelled;
        }
        catch (UsageException exception)
        {
            return WrongArguments(errors, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or ScoreStoreException
            or TorchRuntimeException or UnauthorizedAccessException or InvalidOperationException)
        {
            await errors.WriteLineAsync($"ranknas: {OneLine(exception.Message)}").ConfigureAwait(false);
            return ExitCode.Failed;
        }
    }

    private static int WrongArguments(TextWriter errors, string message)
    {
        errors.WriteLine($"ranknas: {OneLine(message)}");
        return ExitCode.WrongArguments;
    }

    // Whatever a file or a library put into a message, a terminal does not act on it.
    private static string OneLine(string message) => ShownText.Of(message.ReplaceLineEndings(" "), int.MaxValue);

    private static string Explain(ParseResult parsed)
    {
        string command = parsed.CommandResult.Command is RootCommand ? "ranknas --help" : $"ranknas {parsed.CommandResult.Command.Name} --help";
        ParseError error = parsed.Errors[0];

        // Messages of our own options already say what to write.
        return error.SymbolResult is OptionResult { Option: IExplainedOption } ? error.Message : $"{error.Message} See '{command}'.";
    }
}
