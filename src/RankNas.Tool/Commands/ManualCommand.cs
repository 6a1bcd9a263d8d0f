using RankNas.Tool.Manual;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas manual</c>, hidden: writes the manual page, which is kept as <c>ranknas.1</c> and packed with the tool.</summary>
internal static class ManualCommand
{
    public static Command Create(TextWriter output, Command root)
    {
        var command = new ToolCommand("manual", "Writes the manual page.", "") { Hidden = true };
        command.SetAction(_ =>
        {
            ManualPage.Write(output, root);
            return ExitCode.Done;
        });
        return command;
    }
}
