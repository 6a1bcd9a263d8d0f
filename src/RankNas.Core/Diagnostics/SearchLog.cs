using Microsoft.Extensions.Logging;

namespace RankNas.Diagnostics;

/// <summary>The log events of a search, each with an id of its own.</summary>
internal static partial class SearchLog
{
    [LoggerMessage(1, LogLevel.Information, "Searching {Space} by {Strategy} for {Budget} architectures, seed {Seed}, images {Images}")]
    public static partial void SearchStarted(this ILogger logger, string space, string strategy, int budget, long seed, string images);

    [LoggerMessage(2, LogLevel.Information, "Search ended ({End}): {Evaluations} architectures in {Seconds:F1} s, best {Best}")]
    public static partial void SearchEnded(this ILogger logger, SearchEnd end, int evaluations, double seconds, string best);

    [LoggerMessage(3, LogLevel.Debug, "Scored {Architecture} in {Seconds:F3} s (from the store: {FromStore})")]
    public static partial void Scored(this ILogger logger, string architecture, double seconds, bool fromStore);

    [LoggerMessage(4, LogLevel.Warning, "{Proxy} failed on {Architecture}: {Reason}")]
    public static partial void ScoreFailed(this ILogger logger, string proxy, string architecture, string reason);

    [LoggerMessage(6, LogLevel.Warning, "{Notice} ({Code})")]
    public static partial void Noticed(this ILogger logger, string notice, string code);

    [LoggerMessage(5, LogLevel.Error, "The search broke off after {Evaluations} architectures")]
    public static partial void SearchBroke(this ILogger logger, Exception exception, int evaluations);

    [LoggerMessage(8, LogLevel.Information, "Scored {Evaluations} of {Budget} architectures in {Seconds:F0} s, {Failures} of them with failed scores")]
    public static partial void Progressed(this ILogger logger, int evaluations, int budget, double seconds, int failures);

    [LoggerMessage(7, LogLevel.Warning, "The handler of progress failed and is not called again")]
    public static partial void ProgressFailed(this ILogger logger, Exception exception);
}
