namespace RankNas.Distributed.Transport;

/// <summary>A queue as its broker sees it.</summary>
/// <param name="Ready">The messages that wait for a receiver.</param>
/// <param name="Receivers">The receivers.</param>
public sealed record QueueState(long Ready, long Receivers);
