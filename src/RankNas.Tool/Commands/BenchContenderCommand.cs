using RankNas.Tool.Bench;
using RankNas.Tool.Bench.Contenders;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas bench-contender</c>, hidden: RankNas as one side of a bench.</summary>
internal static class BenchContenderCommand
{
    public static Command Create(TextReader input, TextWriter output)
    {
        var contender = new Argument<string>("contender");
        var space = new SpaceOptions();
        NumberOption<int> batch = BatchOption.Create(2);
        var command = new Command("bench-contender", "One side of a bench.") { contender, batch };
        Array.ForEach(space.All, command.Options.Add);
        command.Hidden = true;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ISearchSpace searched = space.Resolve(parsed);
            RankNasContender scorer = ContenderNames.Create(parsed.GetRequiredValue(contender), searched, parsed.GetValue(batch));
            await ContenderLoop.RunAsync(scorer, searched, input, output, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }
}
