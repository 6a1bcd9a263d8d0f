namespace RankNas.Tool.Output;

/// <summary>Standard output takes no more: it is closed, or what it goes to is full.</summary>
internal sealed class OutputException(string message, Exception? inner = null) : IOException(message, inner);
