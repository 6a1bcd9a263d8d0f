using RankNas.Files;

namespace RankNas.SearchSpaces;

/// <summary>The text does not name an architecture of the space; the message says what to write instead.</summary>
/// <param name="message">What is wrong and what to write; control characters in it are escaped, because the text may come from a file.</param>
public sealed class ArchitectureFormatException(string message) : FormatException(ShownText.Of(message, MostCharacters))
{
    private const int MostCharacters = 2000;
}
