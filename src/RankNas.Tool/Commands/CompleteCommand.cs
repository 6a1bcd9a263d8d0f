using RankNas.Tool.Completion;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas complete</c>, hidden: what the scripts of <c>ranknas completions</c> ask.</summary>
internal static class CompleteCommand
{
    public static Command Create(TextWriter output, Command root)
    {
        var words = new Argument<string[]>("words") { Arity = ArgumentArity.ZeroOrMore };
        var command = new ToolCommand("complete", "Lists what may follow words of a command line.", "-- WORD…") { Hidden = true };
        command.Arguments.Add(words);
        command.SetAction(parsed =>
        {
            foreach (string line in WordCompletion.Of(root, parsed.GetValue(words) ?? []))
            {
                output.WriteLine(line);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
