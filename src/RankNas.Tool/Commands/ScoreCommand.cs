using System.Collections.Immutable;
using RankNas.Graphs;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas score</c>: scores the architectures given.</summary>
internal static class ScoreCommand
{
    public static Command Create(TextWriter output, TextWriter errors)
    {
        var scoring = new ScoringOptions(_ => ProxyOption.Quick, "the quick ones");
        var architectures = new Option<string[]>("--arch")
        {
            Description = "The architectures, each in the space's notation.",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "A…",
        };
        Option<bool> json = JsonOutput.CreateOption();
        var command = new ToolCommand(
            "score",
            "Scores architectures by zero-cost proxies.",
            "--space SPACE --arch A… [options]",
            "ranknas score --space nats-sss --arch 8:16:24:32:64 64:64:64:64:64",
            "ranknas score --space nats-sss --arch 8:16:24:32:64 --proxy naswot logsynflow --images data_batch_1.bin --json");
        command.AddGroup(ToolCommand.ScoringGroup, architectures);
        scoring.AddTo(command);
        command.AddGroup(ToolCommand.OutputGroup, json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ISearchSpace space = scoring.Space(parsed);
            Architecture[] wanted = ArchitectureArguments.Parse(space, parsed.GetValue(architectures));
            NasBuilder builder = scoring.CreateBuilder(parsed);
            (IReadOnlyList<ScoredArchitecture> scored, ImmutableArray<SearchNotice> notices) = await SearchProgressView.RunAsync(
                errors, "Scoring", best: null, progress => ScoreAsync(builder.UseProgress(progress), wanted, cancellationToken), cancellationToken)
                .ConfigureAwait(false);

            NetworkShape shape = scoring.Shape(parsed, space);
            IReadOnlyList<string> proxies = scoring.ProxyIds(parsed);
            ScoreReport[] report =
                [.. scored.Select(evaluated => ScoreReport.Of(evaluated, space.CostOf(evaluated.Architecture, shape), proxies))];
            bool isJson = parsed.GetValue(json);
            JsonOutput.WriteOr(output, isJson, report, ScoreTableView.Write);

            // The JSON is an array of scores and has no place for them.
            NoticeReport.Write(isJson ? errors : output, NoticeReport.Of(notices), Consoles.WidthOf(isJson ? errors : output));

            return cancellationToken.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.Done;
        });
        return command;
    }

    private static async Task<(IReadOnlyList<ScoredArchitecture> Scored, ImmutableArray<SearchNotice> Notices)> ScoreAsync(
        NasBuilder builder, Architecture[] wanted, CancellationToken cancellationToken)
    {
        ArchitectureScorer scorer = builder.BuildScorer();
        await using (scorer.ConfigureAwait(false))
        {
            IReadOnlyList<ScoredArchitecture> scored = await scorer.ScoreAsync(wanted, cancellationToken).ConfigureAwait(false);
            return (scored, scorer.NoticesOf(scored));
        }
    }
}
