using RankNas.Files;
using RankNas.Scores;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RankNas.Tool.Output.Live;

/// <summary>The best so far as a small table. Each line fits the width: architectures and headings are shortened, and then scores are left out, the last first.</summary>
internal static class BestTable
{
    private const string Gap = "  ";
    private const int LeastArchitecture = 12;
    private const int LeastHeading = 10;

    private static readonly Style Quiet = new(decoration: Decoration.Dim);
    private static readonly Style First = new(decoration: Decoration.Bold);

    public static IEnumerable<IRenderable> Lines(IReadOnlyList<BestCandidate> best, int width)
    {
        if (best.Count == 0)
        {
            yield break;
        }

        var place = new TextColumn("#", [.. best.Select((_, index) => (index + 1).ToString(CultureInfo.InvariantCulture))]);
        string[] architectures = [.. best.Select(candidate => ShownText.OneLine(candidate.Scored.Architecture.Text))];
        TextColumn[] figures = FiguresWithin(best, width - place.WidthOf(isBroken: false) - Gap.Length);
        int room = width - place.WidthOf(isBroken: false) - Gap.Length - WidthOf(figures);
        var architecture = new TextColumn(Shorten("architecture", room), [.. architectures.Select(text => Shorten(text, room))], IsText: true);
        TextColumn[] columns = [place, architecture, .. figures];
        int[] widths = [.. columns.Select(column => column.WidthOf(isBroken: false))];
        yield return new Text(Line(column => columns[column].Heading), Quiet);
        for (int row = 0; row < best.Count; row++)
        {
            yield return new Text(Line(column => columns[column].Cells[row]), row == 0 ? First : Style.Plain);
        }

        string Line(Func<int, string> cellOf) => string.Join(Gap, columns.Select((column, index) => column.Pad(cellOf(index), widths[index]))).TrimEnd();
    }

    /// <summary>Shortens a text in its middle: architectures differ anywhere, and most begin alike.</summary>
    public static string Shorten(string text, int most) => text.Length <= most ? text
        : most < 2 ? text[..Math.Max(0, most)]
        : $"{text[..(most / 2)]}…{text[^(most - 1 - most / 2)..]}";

    // The parameters last, and never without the scores before them.
    private static TextColumn[] FiguresWithin(IReadOnlyList<BestCandidate> best, int width)
    {
        TextColumn[] scores = [.. best[0].Scored.Proxies.Select((proxy, index) => new TextColumn(
            proxy.Id, NumberColumn.Of(best.Select(candidate => candidate.Scored.Scores[index] is { Kind: not ScoreKind.Failed } score ? score.Value : (double?)null))))];
        TextColumn[] parameters = best.All(candidate => candidate.Parameters is not null)
            ? [new TextColumn("parameters", NumberColumn.Of(best.Select(candidate => candidate.Parameters!.Value)))]
            : [];
        TextColumn[] all = [.. scores, .. parameters];
        int longest = best.Max(candidate => candidate.Scored.Architecture.Text.Length);
        if (WidthOf(all) + longest <= width)
        {
            return all;
        }

        int least = Math.Min(LeastArchitecture, longest);
        all = [.. scores.Select(column => column with { Heading = Cut(column.Heading, Math.Max(LeastHeading, column.Cells.Max(cell => cell.Length))) }), .. parameters];
        int kept = scores.Length;
        while (kept > 0 && WidthOf(all) + least > width)
        {
            kept--;
            all = [.. all[..kept], .. parameters];
        }

        return WidthOf(all) + least <= width ? all : [];
    }

    private static string Cut(string heading, int most) => heading.Length <= most ? heading : $"{heading[..(most - 1)]}…";

    private static int WidthOf(TextColumn[] columns) => columns.Sum(column => column.WidthOf(isBroken: false) + Gap.Length);
}
