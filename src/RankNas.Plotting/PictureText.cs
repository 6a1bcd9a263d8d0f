using System.Text;
using System.Xml;

namespace RankNas.Plotting;

/// <summary>Text from elsewhere, such as a proxy's id, made fit for a picture.</summary>
internal static class PictureText
{
    /// <summary>Replaces what XML cannot hold, not even escaped.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            // Lone surrogates come as U+FFFD already.
            bool isControl = Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Control;
            bool isXml = rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value);
            clean.Append(isControl && rune.Value is '\n' or '\t' or '\r' ? " " : isControl || !isXml ? "\uFFFD" : rune.ToString());
        }

        return clean.ToString();
    }

    /// <summary>Breaks a text into lines between words, and within a word that is longer than a line.</summary>
    public static string Wrap(string text, int length)
    {
        var lines = new List<string> { "" };
        foreach (string word in text.Split(' ').SelectMany(word => Pieces(word, length)))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > length)
            {
                lines.Add(word);
            }
            else
            {
                lines[^1] += lines[^1].Length > 0 ? $" {word}" : word;
            }
        }

        return string.Join('\n', lines);
    }

    /// <summary>Ends a text that is too long to fit with an ellipsis.</summary>
    public static string Shorten(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), "…");

    private static IEnumerable<string> Pieces(string word, int length) => word.Length <= length ? [word] : word.Chunk(length).Select(piece => new string(piece));
}
