using System.Globalization;
using System.Text;

namespace RankNas.Tool.Output;

/// <summary>Text from elsewhere, fit for a terminal.</summary>
internal static class Printable
{
    private const int Longest = 2000;

    /// <summary>Escapes what a terminal would obey.</summary>
    public static string Of(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var printable = new StringBuilder(text.Length + 16);
        foreach (char letter in text)
        {
            printable.Append(char.IsControl(letter) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}") : letter.ToString());
        }

        return printable.ToString();
    }

    /// <summary>One line of bounded length.</summary>
    public static string OneLine(string text)
    {
        string line = Of(text.ReplaceLineEndings(" ").Replace('\t', ' '));
        return line.Length <= Longest ? line : $"{line[..Longest]} …";
    }
}
