using RankNas.Tool.Commands;
using RankNas.Tool.Configuration;
using RankNas.Tool.Help;

namespace RankNas.Tool;

/// <summary>The whole command line: parses, runs, and turns what goes wrong into one line and an exit code.</summary>
internal static class CommandLine
{
    // A word that begins with @ is a word, and not the name of a file with more of them.
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter errors, CancellationToken cancellationToken, ToolEnvironment? environment = null)
    {
        ParseResult? parsed = null;
        EffectiveCommandLine? effective = null;
        try
        {
            var options = new GlobalOptions();
            RootCommand root = CreateRoot(output, errors, options, environment ??= ToolEnvironment.OfThisProcess());
            parsed = Parse(root, args);
            if (errors is StandardStream terminal && parsed.GetValue(options.NoColor))
            {
                terminal.HasColors = false;
            }

            if (parsed.Action is not HelpTextAction)
            {
                effective = EffectiveCommandLine.Of(args, parsed, parsed.GetValue(options.Config), environment);
                parsed = effective.Added.Count > 0 ? Parse(root, effective.Arguments) : parsed;
                foreach (string note in effective.TakesSettings ? SettingNames.NotesOfUnknownVariables(root, environment) : [])
                {
                    await errors.WriteLineAsync(note).ConfigureAwait(false);
                }
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
            Failure failure = Failure.Of(exception is UsageException && effective is not null ? new UsageException(effective.Explain(exception.Message)) : exception);
            failure.Write(errors);
            return failure.ExitCode;
        }
    }

    /// <summary>Makes all commands.</summary>
    public static RootCommand CreateRoot(TextWriter output, TextWriter errors) => CreateRoot(output, errors, new GlobalOptions(), ToolEnvironment.OfThisProcess());

    /// <summary>Parses what is typed, or would be.</summary>
    /// <exception cref="UsageException">Something is wrong with it.</exception>
    public static ParseResult Parse(Command root, IReadOnlyList<string> args)
    {
        ParseResult parsed = root.Parse(args, Parser);
        return ParseErrors.Find(parsed) is { } wrong ? throw new UsageException(wrong) : parsed;
    }

    private static RootCommand CreateRoot(TextWriter output, TextWriter errors, GlobalOptions options, ToolEnvironment environment)
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
        root.Add(ConfigCommand.Create(output, root, options, environment));
        root.Add(CompletionsCommand.Create(output));
        root.Add(CompleteCommand.Create(output, root));
        root.Add(ManualCommand.Create(output, root));
        root.Add(options.Config);
        root.Add(options.NoColor);
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction();
        var help = new HelpTextAction();
        root.Options.OfType<System.CommandLine.Help.HelpOption>().Single().Action = help;
        root.SetAction(help.Invoke);
        return root;
    }
}
