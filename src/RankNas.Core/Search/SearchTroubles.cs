using RankNas.Files;

namespace RankNas.Search;

/// <summary>What went wrong beside a search's scores, as notices of its result.</summary>
internal static class SearchTroubles
{
    /// <param name="transient">How many architectures have a score that failed for want of memory or time.</param>
    /// <param name="isIdle">Whether the strategy was ended because it asked for nothing new.</param>
    /// <param name="progressFailure">What the handler of progress threw.</param>
    /// <param name="telemetryFailure">What a logger, or a listener to metrics or traces, threw.</param>
    public static ImmutableArray<SearchNotice> Of(int transient, bool isIdle, Exception? progressFailure, Exception? telemetryFailure)
    {
        var notices = ImmutableArray.CreateBuilder<SearchNotice>();
        if (transient > 0)
        {
            notices.Add(new SearchNotice(SearchNoticeCodes.ScoresNotStored, string.Create(
                CultureInfo.InvariantCulture,
                $"Scores of {transient} architectures failed because memory or time ran out. They were not stored: another run computes them again.")));
        }

        if (isIdle)
        {
            notices.Add(new SearchNotice(SearchNoticeCodes.StrategyIdle, string.Create(
                CultureInfo.InvariantCulture,
                $"The strategy asked {SearchContext.MostIdleCalls:N0} times in a row for nothing new and was ended. The result is all that was scored.")));
        }

        if (progressFailure is not null)
        {
            notices.Add(new SearchNotice(
                SearchNoticeCodes.ProgressFailed, $"The handler of progress failed and was not called again: {ErrorText.FirstLineOf(progressFailure)}"));
        }

        if (telemetryFailure is not null)
        {
            notices.Add(new SearchNotice(
                SearchNoticeCodes.LogFailed, $"A logger or a listener failed, so that logs or metrics are not complete: {ErrorText.FirstLineOf(telemetryFailure)}"));
        }

        return notices.ToImmutable();
    }
}
