using System.CommandLine;

namespace RankNas.Tool.Arguments;

/// <summary>A whole search by one word: what serves where <c>--proxy</c> and <c>--strategy</c> are not given.</summary>
/// <param name="Proxies">The proxies' ids.</param>
/// <param name="Strategy">The strategy's name; null where it has to be given.</param>
internal sealed record Preset(IReadOnlyList<string> Proxies, string? Strategy)
{
    public static Preset None { get; } = new(ProxyOption.Paper, Strategy: null);

    public static Preset Of(string? name) => name switch
    {
        "paper" => new Preset(ProxyOption.Paper, "annealing"),
        "recommended" => new Preset(ProxyOption.Recommended, "ageing"),
        _ => None,
    };

    public static Option<string> CreateOption() => new ChoiceOption(
        "--preset", "Proxies and strategy by one word, where --proxy and --strategy do not say otherwise", null, "paper", "recommended");
}
