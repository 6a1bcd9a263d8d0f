using System.CommandLine;

namespace RankNas.Tool.Arguments;

/// <summary>Where scores are kept: a file, or nowhere.</summary>
internal sealed class StoreOption : Option<string>
{
    public StoreOption()
        : base("--store")
    {
        Description = "A file that keeps the scores: the same command goes on where it stopped.";
        HelpName = "FILE";
    }

    public NasBuilder Use(ParseResult parsed, NasBuilder builder) => parsed.GetValue(this) is { } path ? builder.StoreScoresIn(path) : builder;
}
