namespace RankNas;

/// <summary>A part of a search that is not the engine's — its space, a constraint, the strategy, the aggregator, the evaluator or the store — failed,
/// or gave what its contract does not allow; the message names the part.</summary>
/// <remarks>What goes wrong with a single network or proxy is no such error: it is a failed score.</remarks>
/// <param name="message">Which part failed, and how, in full sentences.</param>
/// <param name="innerException">The part's own error, where there is one.</param>
public sealed class SearchComponentException(string message, Exception? innerException = null) : InvalidOperationException(message, innerException);
