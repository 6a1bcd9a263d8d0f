namespace RankNas.Tool.Arguments;

/// <summary>What a command line says of its options.</summary>
internal static class ParseResultExtensions
{
    /// <summary>Tells whether an option was typed, and does not stand for its default.</summary>
    public static bool IsGiven(this ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };
}
