namespace RankNas.Distributed.Searching;

/// <summary>A reply that stays in its queue until the store has all of its scores.</summary>
internal sealed class Settlement(ClusterDelivery delivery, int answers)
{
    private int _open = answers;

    /// <summary>One of the answers is stored, or of no use.</summary>
    public ValueTask SettleOneAsync() => Interlocked.Decrement(ref _open) == 0 ? delivery.AcknowledgeAsync() : ValueTask.CompletedTask;
}
