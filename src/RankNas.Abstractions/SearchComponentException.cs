namespace RankNas;

/// <summary>A component of a search (space, constraint, strategy, aggregator, evaluator or store) failed
/// or broke its contract; the message names the component.</summary>
/// <remarks>An error of a single network or proxy is a failed score instead.</remarks>
/// <param name="message">Which component failed, and how, in full sentences.</param>
/// <param name="innerException">The component's own exception, if any.</param>
public class SearchComponentException(string message, Exception? innerException = null) : InvalidOperationException(message, innerException);
