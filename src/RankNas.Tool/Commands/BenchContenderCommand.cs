using RankNas.Tool.Bench;
using RankNas.Tool.Bench.Contenders;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas bench-contender</c>, hidden: RankNas as one side of a bench.</summary>
internal static class BenchContenderCommand
{
    public static Command Create(TextReader input, TextWriter output)
    {
        var contender = new Argument<string>("contender");
        Option<string> space = SpaceOption.Create();
        NumberOption<int> batch = BatchOption.Create(2);
        var command = new Command("bench-contender", "One side of a bench.") { contender, space, batch };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ISearchSpace searched = SpaceOption.Resolve(parsed.GetValue(space));
            RankNasContender scorer = ContenderNames.Create(parsed.GetRequiredValue(contender), searched, parsed.GetValue(batch));
            await ContenderLoop.RunAsync(scorer, searched, input, output, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }
}
