namespace RankNas.Tool.Output;

/// <summary>Text in lines that are no longer than they should be.</summary>
internal static class TextLines
{
    /// <summary>Breaks between words; a word longer than a line stays whole.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }

    /// <summary>Writes a paragraph, broken between words where the writer is a terminal.</summary>
    public static void WriteParagraph(this TextWriter output, string text) => output.WriteParagraph(text, Consoles.WidthOf(output));

    /// <summary>Writes a paragraph, broken between words where there is a width.</summary>
    public static void WriteParagraph(this TextWriter output, string text, int? width)
    {
        foreach (string line in width is { } most ? Wrap(text, most) : [text])
        {
            output.WriteLine(line);
        }
    }
}
