namespace RankNas.Distributed.Transport;

/// <summary>What became of a message that was sent.</summary>
public enum SendOutcome
{
    /// <summary>The queue has it, on disk.</summary>
    Accepted,

    /// <summary>The queue has as many messages as it may have: try again later.</summary>
    Full,

    /// <summary>There is no such queue.</summary>
    NoQueue,
}
