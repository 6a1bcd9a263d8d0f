namespace RankNas.Tool.Arguments;

/// <summary>The arguments are wrong; the message says, in one line, what to write instead.</summary>
internal sealed class UsageException(string message) : Exception(message);
