namespace RankNas.Plotting.Reports;

/// <summary>What makes the same ranking again: a command or a program, and every setting by name.</summary>
internal sealed class SettingsTable(SearchResult result, ReportOptions options)
{
    private static readonly Html LineEnd = Html.Of($"\n");

    public Html Write() => Html.Of($"""
        <section aria-labelledby="again">
        <h2 id="again">The same again</h2>
        {Again()}
        <table class="settings">
        <thead><tr><th scope="col" class="name">setting</th><th scope="col" class="text">value</th></tr></thead>
        <tbody>
        {Html.Join(result.Settings.Select(Row))}
        </tbody>
        </table>
        </section>
        """);

    private Html Again() => options.CommandLine is { } command
        ? Html.Of($"<p>This command makes the same ranking:</p>\n<pre><code>{command}</code></pre>")
        : Html.Of($"<p>This program makes the same ranking; what it leaves open stands in its comments:</p>\n<pre><code>{Lines(SearchProgram.Of(result))}</code></pre>");

    private static Html Lines(string text) => Html.Join(text.Split('\n').Select((line, place) => Html.Of($"{(place == 0 ? Html.Empty : LineEnd)}{line}")));

    private static Html Row(SearchSetting setting) =>
        Html.Of($"<tr><th scope=\"row\" class=\"name\">{setting.Name.Replace('-', ' ')}</th><td class=\"text\">{setting.Value}</td></tr>\n");
}
