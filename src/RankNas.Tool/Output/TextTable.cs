namespace RankNas.Tool.Output;

/// <summary>
/// A table that fits a terminal: where it is too wide, headings are broken between words, and then columns follow below the others. The subject
/// of a row, such as an architecture, is never broken: where a line has no room for it too, it has a line of its own below.
/// </summary>
internal sealed class TextTable(IReadOnlyList<TextColumn> keys, IReadOnlyList<TextColumn> columns, TextColumn? subject = null)
{
    private const string Gap = "  ";

    // Lines of files may have any length, but are for people too.
    private const int WidthOfFiles = 100;

    public void Write(TextWriter output, int? width)
    {
        TextColumn[] inLine = subject is null ? [.. keys, .. columns] : [.. keys, subject, .. columns];
        if (subject is null && width is null || WidthOf(inLine, isBroken: false) <= (width ?? WidthOfFiles))
        {
            WriteBand(output, inLine, isBroken: false, below: null);
            return;
        }

        TextColumn[] all = [.. keys, .. columns];
        if (width is not { } most || WidthOf(all, isBroken: false) <= most)
        {
            WriteBand(output, all, isBroken: false, subject);
            return;
        }

        foreach ((int index, TextColumn[] band) in BandsWithin(most).Index())
        {
            if (index > 0)
            {
                output.WriteLine();
            }

            WriteBand(output, band, isBroken: true, index == 0 ? subject : null);
        }
    }

    private List<TextColumn[]> BandsWithin(int most)
    {
        var bands = new List<TextColumn[]>();
        var band = new List<TextColumn>(keys);
        foreach (TextColumn column in columns)
        {
            if (band.Count > keys.Count && WidthOf([.. band, column], isBroken: true) > most)
            {
                bands.Add([.. band]);
                band = [.. keys];
            }

            band.Add(column);
        }

        bands.Add([.. band]);
        return bands;
    }

    private static int WidthOf(IReadOnlyCollection<TextColumn> band, bool isBroken) =>
        band.Sum(column => column.WidthOf(isBroken)) + Gap.Length * (band.Count - 1);

    private static void WriteBand(TextWriter output, TextColumn[] band, bool isBroken, TextColumn? below)
    {
        int[] widths = [.. band.Select(column => column.WidthOf(isBroken))];
        string[][] headings = [.. band.Zip(widths, (column, width) => column.HeadingWithin(width))];
        int height = headings.Max(lines => lines.Length);
        for (int line = 0; line < height; line++)
        {
            WriteLine(output, band, widths, column => headings[column].ElementAtOrDefault(line - height + headings[column].Length) ?? "");
        }

        output.WriteLine(string.Join(Gap, widths.Select(width => new string('─', width))));
        for (int row = 0; row < band[0].Cells.Count; row++)
        {
            WriteLine(output, band, widths, column => band[column].Cells[row]);
            if (below is not null)
            {
                output.WriteLine(new string(' ', widths[0] + Gap.Length) + below.Cells[row]);
            }
        }
    }

    private static void WriteLine(TextWriter output, TextColumn[] band, int[] widths, Func<int, string> cellOf) =>
        output.WriteLine(string.Join(Gap, band.Select((column, index) => column.Pad(cellOf(index), widths[index]))).TrimEnd());
}
