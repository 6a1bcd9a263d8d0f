namespace RankNas.Plotting.Reports;

/// <summary>The sections that a report has besides those of the search.</summary>
internal sealed class AddedSections(ReportOptions options)
{
    public Html Write() => Html.Join(options.Sections.Select((section, place) => Section(section, FormattableString.Invariant($"section{place + 1}"))));

    private static Html Section(ReportSection section, string id) => Html.Of($"""
        <section class="added" aria-labelledby="{id}">
        <h2 id="{id}">{section.Title}</h2>
        {Html.Join(section.Paragraphs.Select(paragraph => Html.Of($"<p>{paragraph}</p>\n")))}{(section.Table is { } table ? Table(table, section.Title) : Html.Empty)}{Charts(section, id)}
        </section>

        """);

    private static Html Table(ReportTable table, string title)
    {
        bool[] isText = [.. table.Headers.Select((_, column) => table.Rows.Any(row => !IsFigure(row[column])))];
        return Html.Of($"""
            <div class="wide" tabindex="0" role="group" aria-label="{title}">
            <table class="cards">
            <thead><tr>{Html.Join(table.Headers.Select((header, column) => Html.Of($"<th scope=\"col\" class=\"{ClassOf(column)}\">{header}</th>")))}</tr></thead>
            <tbody>
            {Html.Join(table.Rows.Select(row => Html.Of($"<tr>{Html.Join(row.Select(Cell))}</tr>\n")))}
            </tbody>
            </table>
            </div>

            """);

        string ClassOf(int column) => column == 0 ? "name" : isText[column] ? "words" : "figures";

        Html Cell(string text, int column) => column == 0
            ? Html.Of($"<th scope=\"row\" class=\"name\">{text}</th>")
            : Html.Of($"<td class=\"{ClassOf(column)}\" data-label=\"{table.Headers[column]}\">{text}</td>");
    }

    // Figures stand under each other by their last digit, words by their first letter; what is empty is either.
    private static bool IsFigure(string text) => text.Trim() is var trimmed
        && (trimmed.Length == 0 || (trimmed.Any(char.IsAsciiDigit) && trimmed.All(letter => char.IsAsciiDigit(letter) || "+-−.,:%\u00a0 e".Contains(letter, StringComparison.Ordinal))));

    // Plots side by side, and after them those with a line of their own.
    private static Html Charts(ReportSection section, string id)
    {
        (Chart Chart, string Name)[] charts = [.. section.Charts.Select((chart, place) => (chart, FormattableString.Invariant($"{id}-plot{place + 1}")))];
        return Html.Of($"{Group("plots", charts.Where(chart => !ReportPicture.IsWide(chart.Chart)))}{Group("drawings", charts.Where(chart => ReportPicture.IsWide(chart.Chart)))}");
    }

    private static Html Group(string name, IEnumerable<(Chart Chart, string Name)> charts) => !charts.Any() ? Html.Empty : Html.Of($"""
        <div class="{name}">
        {Html.Join(charts.Select(chart => ReportPicture.Of(chart.Chart, chart.Name)))}
        </div>

        """);
}
