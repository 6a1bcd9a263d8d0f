using System.CommandLine;
using RankNas.Ranking;

namespace RankNas.Tool.Arguments;

/// <summary>The aggregators by name.</summary>
internal static class AggregatorOption
{
    public static IRankAggregator Default { get; } = new RankSum();

    public static IReadOnlyList<IRankAggregator> All { get; } = [Default, new LogRankSum(), new MaxNormalizedSum()];

    public static Option<string> Create() =>
        new ChoiceOption("--aggregator", "What makes one figure of the scores", Default.Id, [.. All.Select(aggregator => aggregator.Id)]);

    public static IRankAggregator Resolve(string? id) => All.First(aggregator => aggregator.Id == id);
}
