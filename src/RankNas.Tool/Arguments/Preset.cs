using System.CommandLine;

namespace RankNas.Tool.Arguments;

/// <summary>A whole search by one word: what serves where <c>--proxy</c>, <c>--strategy</c> and <c>--aggregator</c> are not given.</summary>
/// <param name="Proxies">The proxies' ids.</param>
/// <param name="Strategy">The strategy's name; null where it has to be given.</param>
/// <param name="Aggregator">The aggregator's id.</param>
internal sealed record Preset(IReadOnlyList<string> Proxies, string? Strategy, string Aggregator = "rank-sum")
{
    public static Preset None { get; } = new(ProxyOption.Paper, Strategy: null);

    public static Preset Of(string? name) => name switch
    {
        "paper" => new Preset(ProxyOption.Paper, "annealing"),
        "recommended" => new Preset(ProxyOption.Recommended, "ageing"),
        "az-nas" => new Preset(ProxyOption.AzNas, "ageing", "log-rank-sum"),
        _ => None,
    };

    public static Option<string> CreateOption() => new ChoiceOption(
        "--preset",
        "Proxies, strategy and aggregator by one word, where --proxy, --strategy and --aggregator do not say otherwise",
        null, "paper", "recommended", "az-nas");
}
