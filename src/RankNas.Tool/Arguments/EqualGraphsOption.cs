namespace RankNas.Tool.Arguments;

/// <summary><c>--equal-graphs-as-one</c>.</summary>
internal static class EqualGraphsOption
{
    public static Option<bool> Create() => new("--equal-graphs-as-one") { Description = "Scores architectures that build the same network once only." };
}
