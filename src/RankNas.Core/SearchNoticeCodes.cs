using System.Collections.Immutable;

namespace RankNas;

/// <summary>The codes of <see cref="SearchNotice"/>, the most important first. They stay as they are.</summary>
public static class SearchNoticeCodes
{
    /// <summary>No proxy told any two architectures apart, or every score failed: the order is chance.</summary>
    public const string RankingMeaningless = "ranking-meaningless";

    /// <summary>All images of the batch are the same.</summary>
    public const string ImagesIdentical = "images-identical";

    /// <summary>Images may have their channels last, where they should come before height and width.</summary>
    public const string ImagesChannelsLast = "images-channels-last";

    /// <summary>Images are far from mean 0 and deviation 1: pixels of 0 to 255, or of 0 to 1.</summary>
    public const string ImagesNotNormalized = "images-not-normalized";

    /// <summary>More than half of a proxy's scores failed.</summary>
    public const string ScoresFailed = "scores-failed";

    /// <summary>More than half of a proxy's scores are infinite.</summary>
    public const string ScoresInfinite = "scores-infinite";

    /// <summary>All scores of a proxy are equal, or most of the authors' noise immunity are 0.</summary>
    public const string ScoresEqual = "scores-equal";

    /// <summary>There is one image only.</summary>
    public const string ImagesTooFew = "images-too-few";

    /// <summary>All images are of one class.</summary>
    public const string ImagesOfOneClass = "images-of-one-class";

    /// <summary>Some images are copies of others.</summary>
    public const string ImagesRepeated = "images-repeated";

    /// <summary>A tenth of the images or more have one value in all pixels.</summary>
    public const string ImagesConstant = "images-constant";

    /// <summary>Labels start from 1, where class indices start from 0.</summary>
    public const string LabelsFromOne = "labels-from-one";

    /// <summary>Some of a proxy's scores failed, half of them at most.</summary>
    public const string SomeScoresFailed = "some-scores-failed";

    /// <summary>Scores failed for want of memory or time, and were not stored.</summary>
    public const string ScoresNotStored = "scores-not-stored";

    /// <summary>Scores were taken that were computed by other numerics than this process's.</summary>
    public const string ScoresOfOtherNumerics = "scores-of-other-numerics";

    /// <summary>The store has scores that were computed by other numerics than this process's, and were not taken.</summary>
    public const string StoredScoresNotTaken = "stored-scores-not-taken";

    /// <summary>The strategy asked for nothing new for so long that it was ended.</summary>
    public const string StrategyIdle = "strategy-idle";

    /// <summary>The handler of progress threw, and was not called again.</summary>
    public const string ProgressFailed = "progress-failed";

    /// <summary>A logger, or a listener to metrics or traces, threw.</summary>
    public const string LogFailed = "log-failed";

    /// <summary>Gets all codes, the most important first.</summary>
    internal static ImmutableArray<string> ByImportance { get; } =
    [
        RankingMeaningless, ImagesIdentical, ImagesChannelsLast, ImagesNotNormalized, ScoresFailed, ScoresInfinite, ScoresEqual, ImagesTooFew,
        ImagesOfOneClass, ImagesRepeated, ImagesConstant, LabelsFromOne, SomeScoresFailed,
        ScoresNotStored, ScoresOfOtherNumerics, StoredScoresNotTaken, StrategyIdle, ProgressFailed, LogFailed,
    ];
}
