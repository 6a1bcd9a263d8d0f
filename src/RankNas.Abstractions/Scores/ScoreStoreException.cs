namespace RankNas.Scores;

/// <summary>A score store cannot be opened, read or written; the message says what to do. Stored scores are not affected.</summary>
/// <param name="message">What is wrong and what to do, in full sentences.</param>
/// <param name="innerException">The store's own error.</param>
public sealed class ScoreStoreException(string message, Exception? innerException = null) : Exception(message, innerException);
