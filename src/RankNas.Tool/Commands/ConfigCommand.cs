using System.CommandLine.Completions;
using RankNas.Tool.Configuration;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas config</c>: what is set where, and the schema of the file.</summary>
internal static class ConfigCommand
{
    public static Command Create(TextWriter output, Command root, GlobalOptions options, ToolEnvironment environment)
    {
        var words = new Argument<string[]>("COMMAND") { Description = "A command, with options after two dashes.", Arity = ArgumentArity.ZeroOrMore };
        words.CompletionSources.Add(_ => root.Subcommands.Where(command => !command.Hidden).Select(command => new CompletionItem(command.Name)));
        Option<bool> json = JsonOutput.CreateOption();
        var command = new ToolCommand(
            "config",
            "Shows what the environment and the file of settings say or, for a command, the value of every option and where it is from.",
            "[COMMAND] [options]",
            "ranknas config",
            "ranknas config search",
            "ranknas config --json -- search --budget 500")
        {
            CreateSchema(output, root),
        };
        command.Arguments.Add(words);
        command.AddGroup(ToolCommand.OutputGroup, json);
        command.SetAction(parsed =>
        {
            string[] wanted = parsed.GetValue(words) ?? [];
            string? file = parsed.GetValue(options.Config);
            SettingsReport report = wanted.Length == 0 ? SettingsReport.OfAll(root, file, environment) : SettingsReport.Of(root, wanted, file, environment);
            JsonOutput.WriteOr(output, parsed.GetValue(json), report, SettingsReport.Write);
            return ExitCode.Done;
        });
        return command;
    }

    private static ToolCommand CreateSchema(TextWriter output, Command root)
    {
        var command = new ToolCommand("schema", "Writes the JSON schema of the file of settings.", "", "ranknas config schema");
        command.SetAction(_ =>
        {
            output.WriteLine(SettingsSchema.Of(root));
            return ExitCode.Done;
        });
        return command;
    }
}
