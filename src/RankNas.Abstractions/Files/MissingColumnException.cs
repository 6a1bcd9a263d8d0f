namespace RankNas.Files;

/// <summary>The caller named a column that the file does not have: the name is wrong, or the file.</summary>
internal sealed class MissingColumnException(string message) : FormatException(message);
