using RankNas.Images;
using RankNas.Results;
using RankNas.Scoring;
using RankNas.Search;

namespace RankNas;

/// <summary>Finds what makes scores less reliable: proxies that failed or distinguish nothing, and unsuitable images.</summary>
public static class SearchNotices
{
    /// <summary>Checks scores.</summary>
    /// <param name="proxies">The proxies, in the order of each architecture's scores.</param>
    /// <param name="evaluated">The architectures that were scored.</param>
    /// <returns>The notices, the most important first; empty if the scores of every proxy differ and none failed.</returns>
    /// <exception cref="ArgumentException">An architecture has more or fewer scores than there are proxies.</exception>
    public static ImmutableArray<SearchNotice> Of(IReadOnlyList<ProxyDescriptor> proxies, IReadOnlyList<ScoredArchitecture> evaluated) =>
        Of(proxies, evaluated, (_, _) => null);

    /// <summary>Looks through the scores of a search, whose proxies know what to do about some of them.</summary>
    internal static ImmutableArray<SearchNotice> Of(EvaluationSetup setup, IReadOnlyList<ScoredArchitecture> evaluated) =>
        Sorted(
        [
            .. Of(setup.Descriptors, evaluated, (proxy, score) => HintFor(setup.Proxies[setup.Descriptors.IndexOf(proxy)], score), setup.AddedWhereDefined.Contains),
            .. NormalizationNotices.Of(setup, evaluated),
            .. SizeNotices.Of(setup, evaluated),
        ]);

    /// <summary>Looks through scores, with what a proxy says to do where most have one score, and which may have one without a word.</summary>
    internal static ImmutableArray<SearchNotice> Of(
        IReadOnlyList<ProxyDescriptor> proxies, IReadOnlyList<ScoredArchitecture> evaluated, Func<ProxyDescriptor, double, string?> hintFor, Func<ProxyDescriptor, bool>? mayBeEqual = null)
    {
        ArgumentNullException.ThrowIfNull(proxies);
        ArgumentNullException.ThrowIfNull(evaluated);
        return evaluated.FirstOrDefault(one => one.Scores.Length != proxies.Count) is { } misfit
            ? throw new ArgumentException($"{misfit.Architecture} has {misfit.Scores.Length} scores where there are {proxies.Count} proxies.", nameof(evaluated))
            : Sorted(ScoreNotices.Of(proxies, evaluated, hintFor, mayBeEqual ?? (_ => false)));
    }

    /// <summary>Checks the images for the proxies.</summary>
    /// <param name="images">The images; synthetic ones are not checked.</param>
    /// <param name="batchSize">How many of them are used, from 1 to <see cref="ProbeImages.Count"/>.</param>
    /// <returns>The notices, the most important first; empty if the images are suitable.</returns>
    /// <inheritdoc cref="ProbeImages.Take" path="/exception"/>
    public static ImmutableArray<SearchNotice> Of(ProbeImages images, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(images);
        return images.IsSynthetic ? [] : Sorted(ImageNotices.Of(images, images.StatisticsOf(batchSize)));
    }

    /// <summary>Puts notices together, the most important first, and those of other codes last.</summary>
    internal static ImmutableArray<SearchNotice> Sorted(IEnumerable<SearchNotice> notices) => [.. notices.OrderBy(PlaceOf)];

    private static string? HintFor(IZeroCostProxy proxy, double score) => ComponentError.Ask(() => proxy.HintFor(score), null);

    private static int PlaceOf(SearchNotice notice) =>
        SearchNoticeCodes.ByImportance.IndexOf(notice.Code) is var place and >= 0 ? place : int.MaxValue;
}
