namespace RankNas.Tool.Output;

/// <summary>A column of a table: numbers to the right, text to the left.</summary>
internal sealed record TextColumn(string Heading, IReadOnlyList<string> Cells, bool IsText = false)
{
    private string[] Words { get; } = [.. Heading.Split(' ').SelectMany(WordsOf)];

    /// <summary>Gets how wide the column is, its heading on one line or broken between words.</summary>
    public int WidthOf(bool isBroken) => Math.Max(
        isBroken ? Words.Max(word => word.TrimEnd().Length) : Heading.Length,
        Cells.Select(cell => cell.Length).DefaultIfEmpty(0).Max());

    /// <summary>Gets the lines of the heading within a width.</summary>
    public string[] HeadingWithin(int width)
    {
        var lines = new List<string> { "" };
        foreach (string word in Words)
        {
            if (lines[^1].Length > 0 && lines[^1].Length + word.TrimEnd().Length > width)
            {
                lines.Add("");
            }

            lines[^1] += word;
        }

        return [.. lines.Select(line => line.TrimEnd())];
    }

    public string Pad(string text, int width) => IsText ? text.PadRight(width) : text.PadLeft(width);

    // Words keep what joins them: a hyphen or a blank.
    private static IEnumerable<string> WordsOf(string word)
    {
        string[] parts = word.Split('-');
        return parts.Select((part, index) => index < parts.Length - 1 ? $"{part}-" : $"{part} ");
    }
}
