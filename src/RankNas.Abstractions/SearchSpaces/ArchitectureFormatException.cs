namespace RankNas;

/// <summary>The text does not name an architecture of the space; the message says what to write instead.</summary>
public sealed class ArchitectureFormatException(string message) : FormatException(message);
