using RankNas.Scoring;

namespace RankNas.Results;

/// <summary>The images of a run, and what speaks against them.</summary>
internal sealed record ImageReport(ImagesUsed Used, ImmutableArray<SearchNotice> Notices)
{
    public static ImageReport Of(EvaluationSetup setup) =>
        new(ImagesUsed.Of(setup.Images, setup.BatchSize, setup.Fingerprint), SearchNotices.Of(setup.Images, setup.BatchSize));
}
