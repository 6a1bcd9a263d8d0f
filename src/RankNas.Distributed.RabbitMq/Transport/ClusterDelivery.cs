namespace RankNas.Distributed.Transport;

/// <summary>A message from a queue. It stays the queue's until it is settled: if its receiver goes away before, another one gets it.</summary>
public abstract class ClusterDelivery
{
    /// <summary>Gets the message.</summary>
    public abstract ClusterMessage Message { get; }

    /// <summary>Gets whether it was given up: too many receivers went away with it, or one rejected it.</summary>
    public abstract bool IsDeadLetter { get; }

    /// <summary>Takes it out of the queue. Does nothing where the connection it came by is gone: the queue delivers it again.</summary>
    public abstract ValueTask AcknowledgeAsync();

    /// <summary>Gives it up, for it makes no sense: it becomes a dead letter.</summary>
    public abstract ValueTask RejectAsync();
}
