namespace RankNas.Distributed;

/// <summary>The log events of a cluster, each with an id of its own.</summary>
internal static partial class ClusterLog
{
    [LoggerMessage(100, LogLevel.Warning, "The broker {Broker} was lost: {Reason}")]
    public static partial void BrokerLost(this ILogger logger, string broker, string reason);

    [LoggerMessage(101, LogLevel.Information, "The broker {Broker} is back")]
    public static partial void BrokerBack(this ILogger logger, string broker);

    [LoggerMessage(102, LogLevel.Debug, "The broker {Broker} is still away: {Reason}")]
    public static partial void BrokerAway(this ILogger logger, string broker, string reason);

    [LoggerMessage(103, LogLevel.Warning, "{Notice}")]
    public static partial void ClusterNoticed(this ILogger logger, string notice);

    [LoggerMessage(104, LogLevel.Information, "Worker {Worker} scores for search {Search}")]
    public static partial void Serving(this ILogger logger, string worker, string search);

    [LoggerMessage(105, LogLevel.Warning, "Worker {Worker} does not score for search {Search}: {Reason}")]
    public static partial void Refused(this ILogger logger, string worker, string search, string reason);

    [LoggerMessage(106, LogLevel.Information, "Worker {Worker} is done with search {Search}")]
    public static partial void Done(this ILogger logger, string worker, string search);

    [LoggerMessage(107, LogLevel.Warning, "A message of the kind {Kind} makes no sense: {Reason}")]
    public static partial void Nonsense(this ILogger logger, string kind, string reason);
}
