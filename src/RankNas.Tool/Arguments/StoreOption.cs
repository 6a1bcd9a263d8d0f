using System.CommandLine;

namespace RankNas.Tool.Arguments;

/// <summary>Where scores are kept: a file, or nowhere.</summary>
internal static class StoreOption
{
    public static PathOption Create() => Create("A file that keeps the scores: the same command goes on where it stopped.");

    public static PathOption Create(string description) => new("--store", description, "scores.db", PathUse.Store);

    /// <summary>Has a search keep its scores in the store, where one is given.</summary>
    public static NasBuilder StoreIn(this NasBuilder builder, PathOption store, ParseResult parsed) =>
        parsed.GetValue(store) is { } path ? builder.StoreScoresIn(path) : builder;
}
