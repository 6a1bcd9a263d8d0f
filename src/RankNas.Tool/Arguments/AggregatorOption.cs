namespace RankNas.Tool.Arguments;

/// <summary>The aggregators by name.</summary>
internal static class AggregatorOption
{
    public static IRankAggregator Default { get; } = new RankSum();

    public static Option<string> Create() => new ChoiceOption("--aggregator", "What makes one figure of the scores", Default.Id, [.. BuiltIns.Aggregators.Keys]);

    public static IRankAggregator Resolve(string? id) => BuiltIns.Aggregators[id ?? Default.Id];
}
