using RankNas.Scores;

namespace RankNas.Tool.Arguments;

/// <summary>Where scores are kept, a file or nowhere, and which of them are taken.</summary>
internal sealed class StoreOptions(string description = "A file that keeps the scores: the same command goes on where it stopped.")
{
    private readonly Option<bool> _acceptOthers = new("--accept-other-numerics")
    {
        Description = "Takes stored scores that another kind of processor or libtorch has computed, which agree to six digits or so.",
    };

    private readonly Option<bool> _retryFailed = new("--retry-failed") { Description = "Computes failed scores again that are stored." };

    public PathOption File { get; } = new("--store", description, "scores.db", PathUse.Store);

    public void AddTo(ToolCommand command) => command.AddGroup(ToolCommand.FilesGroup, File, _acceptOthers, _retryFailed);

    /// <summary>Has a search keep its scores in the store, where one is given.</summary>
    public NasBuilder Use(NasBuilder builder, ParseResult parsed) =>
        Choose(parsed.GetValue(File) is { } path ? builder.UseScoreStore(path) : builder, parsed);

    /// <summary>Has one of several searches keep its scores in the store or, where none is given, in memory that they share.</summary>
    public NasBuilder Use(NasBuilder builder, ParseResult parsed, InMemoryScoreStore memory) =>
        Use(parsed.GetValue(File) is null ? builder.UseScoreStore(memory) : builder, parsed);

    /// <summary>Has a search take of its store what these options say.</summary>
    public NasBuilder Choose(NasBuilder builder, ParseResult parsed) =>
        builder.AcceptOtherNumerics(parsed.GetValue(_acceptOthers)).RetryFailedScores(parsed.GetValue(_retryFailed));
}
