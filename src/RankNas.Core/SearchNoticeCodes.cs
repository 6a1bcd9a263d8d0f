namespace RankNas;

/// <summary>The codes of <see cref="SearchNotice"/>, the most important first. They are stable across versions.</summary>
public static class SearchNoticeCodes
{
    /// <summary>Every score failed, or every proxy gave all architectures the same score: the order is arbitrary.</summary>
    public const string RankingMeaningless = "ranking-meaningless";

    /// <summary>All images of the batch are the same.</summary>
    public const string ImagesIdentical = "images-identical";

    /// <summary>Images may be <c>[N, H, W, C]</c> instead of <c>[N, C, H, W]</c>.</summary>
    public const string ImagesChannelsLast = "images-channels-last";

    /// <summary>Images are far from mean 0 and deviation 1: pixels of 0 to 255, or of 0 to 1.</summary>
    public const string ImagesNotNormalized = "images-not-normalized";

    /// <summary>More than half of a proxy's scores failed.</summary>
    public const string ScoresFailed = "scores-failed";

    /// <summary>More than half of a proxy's scores are infinite.</summary>
    public const string ScoresInfinite = "scores-infinite";

    /// <summary>All scores of a proxy are equal, or most scores of the authors' noise immunity are 0.</summary>
    public const string ScoresEqual = "scores-equal";

    /// <summary>There is one image only.</summary>
    public const string ImagesTooFew = "images-too-few";

    /// <summary>A BatchNorm has fewer than eight values of each channel, of which its statistics mean nothing.</summary>
    public const string NormalizationOfFewValues = "normalization-of-few-values";

    /// <summary>Small networks have the best scores of a proxy whose score falls with size, whatever a network is worth.</summary>
    public const string SmallNetworksFirst = "small-networks-first";

    /// <summary>All images are of one class.</summary>
    public const string ImagesOfOneClass = "images-of-one-class";

    /// <summary>Some images are copies of others.</summary>
    public const string ImagesRepeated = "images-repeated";

    /// <summary>At least a tenth of the images have the same value in all pixels.</summary>
    public const string ImagesConstant = "images-constant";

    /// <summary>Labels start at 1, but class indices at 0.</summary>
    public const string LabelsFromOne = "labels-from-one";

    /// <summary>At most half of a proxy's scores failed.</summary>
    public const string SomeScoresFailed = "some-scores-failed";

    /// <summary>Scores failed because memory or time ran out, and were not stored.</summary>
    public const string ScoresNotStored = "scores-not-stored";

    /// <summary>Some scores were computed with other numerics than this process's.</summary>
    public const string ScoresOfOtherNumerics = "scores-of-other-numerics";

    /// <summary>The store has scores computed with other numerics than this process's, which were not used.</summary>
    public const string StoredScoresNotTaken = "stored-scores-not-taken";

    /// <summary>The strategy requested no new architecture for so long that it was ended.</summary>
    public const string StrategyIdle = "strategy-idle";

    /// <summary>The progress handler threw an exception, and was not called again.</summary>
    public const string ProgressFailed = "progress-failed";

    /// <summary>A logger, or a listener to metrics or traces, threw an exception.</summary>
    public const string LogFailed = "log-failed";

    /// <summary>Gets all codes, the most important first.</summary>
    internal static ImmutableArray<string> ByImportance { get; } =
    [
        RankingMeaningless, ImagesIdentical, ImagesChannelsLast, ImagesNotNormalized, ScoresFailed, ScoresInfinite, ScoresEqual, ImagesTooFew, NormalizationOfFewValues,
        SmallNetworksFirst, ImagesOfOneClass, ImagesRepeated, ImagesConstant, LabelsFromOne, SomeScoresFailed,
        ScoresNotStored, ScoresOfOtherNumerics, StoredScoresNotTaken, StrategyIdle, ProgressFailed, LogFailed,
    ];
}
