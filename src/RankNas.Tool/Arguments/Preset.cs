namespace RankNas.Tool.Arguments;

/// <summary>A whole search by one word: what serves where <c>--proxy</c>, <c>--strategy</c> and <c>--aggregator</c> are not given.</summary>
/// <param name="Proxies">The proxies' ids.</param>
/// <param name="Strategy">The strategy's name; null where it has to be given.</param>
/// <param name="Aggregator">What makes one figure of the scores.</param>
/// <param name="EqualGraphsAsOne">Whether architectures that build the same network are scored once.</param>
/// <param name="WhereDefined">Those of the proxies that are left out where the space's networks do not have what they need.</param>
internal sealed record Preset(IReadOnlyList<string> Proxies, string? Strategy, IRankAggregator Aggregator, bool EqualGraphsAsOne = false, params IReadOnlyList<string> WhereDefined)
{
    public static Preset None { get; } = new(ProxyOption.Default, Strategy: null, AggregatorOption.Default);

    public static Preset Of(string? name) => name switch
    {
        "paper" => new Preset(ProxyOption.Paper, "annealing", AggregatorOption.Default),
        "recommended" => new Preset(ProxyOption.Recommended, "bayesian", new RankSum(), EqualGraphsAsOne: true, "skip-depth"),
        "az-nas" => new Preset(ProxyOption.AzNas, "ageing", new LogRankSum()),
        _ => None,
    };

    public static Option<string> CreateOption() => new ChoiceOption(
        "--preset",
        "Proxies, strategy and aggregator by one word, where --proxy, --strategy and --aggregator do not say otherwise",
        null, "paper", "recommended", "az-nas");
}
