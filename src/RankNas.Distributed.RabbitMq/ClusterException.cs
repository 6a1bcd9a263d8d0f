namespace RankNas.Distributed;

/// <summary>A search cannot work with its cluster: the broker lets nobody in, or no worker can score for it. The message says what to do.</summary>
/// <param name="message">What is wrong and what to do, in full sentences.</param>
/// <param name="innerException">The cause, if any.</param>
public sealed class ClusterException(string message, Exception? innerException = null) : SearchComponentException(message, innerException);
