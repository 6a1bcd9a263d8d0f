using System.CommandLine.Invocation;

namespace RankNas.Tool.Help;

/// <summary><c>--help</c>.</summary>
internal sealed class HelpTextAction : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        new HelpText(parseResult.InvocationConfiguration.Output).Write(parseResult);
        return ExitCode.Done;
    }
}
