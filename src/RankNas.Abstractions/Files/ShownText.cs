using System.Globalization;
using System.Text;

namespace RankNas.Files;

/// <summary>Makes text from files and strangers fit to be shown: in a message, a log, on a terminal.</summary>
internal static class ShownText
{
    /// <summary>The characters of a name or a number: enough to recognise it by.</summary>
    public const int NameLength = 60;

    /// <summary>The characters of an architecture or a line of a file.</summary>
    public const int LineLength = 160;

    /// <summary>Escapes what a terminal acts on or does not show as <c>\u{1b}</c>, and cuts the text to so many characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">How many characters are shown at most, without the mark that some are left out.</param>
    public static string Of(string? text, int maxLength = NameLength)
    {
        var shown = new StringBuilder();
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            bool isWhole = Rune.DecodeFromUtf16(rest, out Rune rune, out int length) == System.Buffers.OperationStatus.Done;
            string next = isWhole && IsShown(rune)
                ? rest[..length].ToString()
                : string.Create(CultureInfo.InvariantCulture, $"\\u{{{(isWhole ? rune.Value : rest[0]):x}}}");
            if (shown.Length + next.Length > maxLength)
            {
                return shown.Append('…').ToString();
            }

            shown.Append(next);
            rest = rest[length..];
        }

        return shown.ToString();
    }

    /// <summary>Puts text that may have several lines on one.</summary>
    /// <inheritdoc cref="Of"/>
    public static string OneLine(string? text, int maxLength = 2000) => Of(text?.ReplaceLineEndings(" ").Replace('\t', ' '), maxLength);

    // Format characters turn the direction of writing, or are not seen at all.
    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
