using RankNas.Tool.Completion;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas completions</c>: the script by which a shell completes commands, options and values.</summary>
internal static class CompletionsCommand
{
    public static Command Create(TextWriter output)
    {
        string[] shells = [.. ShellScripts.ByShell.Keys];
        var shell = new Argument<string>("SHELL") { Description = $"The shell: {string.Join(", ", shells)}.", Arity = ArgumentArity.ZeroOrOne };
        shell.CompletionSources.Add(shells);
        var command = new ToolCommand(
            "completions",
            "Writes the script by which a shell completes commands, options and values.",
            string.Join('|', shells),
            "ranknas completions bash",
            "ranknas completions fish");
        command.Arguments.Add(shell);
        command.SetAction(parsed =>
        {
            string instead = $"write ranknas completions {string.Join(" or ranknas completions ", shells)}.";
            string name = parsed.GetValue(shell) ?? throw new UsageException($"The shell is missing: {instead}");
            output.WriteLine(ShellScripts.ByShell.GetValueOrDefault(name) ?? throw new UsageException($"There are no completions for '{name}': {instead}"));
            return ExitCode.Done;
        });
        return command;
    }
}
