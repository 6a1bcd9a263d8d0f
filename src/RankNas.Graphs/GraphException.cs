namespace RankNas.Graphs;

/// <summary>A graph cannot be: shapes that do not fit, a name that is taken, a text that describes none. The message says in one line what to change.</summary>
public sealed class GraphException(string message, Exception? innerException = null) : Exception(message, innerException);
