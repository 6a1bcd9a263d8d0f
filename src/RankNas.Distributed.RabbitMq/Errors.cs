namespace RankNas.Distributed;

/// <summary>What several parts say alike.</summary>
internal static class Errors
{
    public static ClusterException InUse(string queue, Exception? cause = null) => new(
        $"Another process runs this very search on this broker, or was cut off from it a moment ago (queue {queue}): wait for it to end, or give one of the two another seed.", cause);
}
