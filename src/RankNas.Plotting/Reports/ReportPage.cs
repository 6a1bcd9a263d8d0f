using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace RankNas;

/// <summary>The report of one search, as a page.</summary>
internal sealed class ReportPage(SearchResult result, ReportOptions options)
{
    private const int MostProxiesInPairs = 4;

    private readonly string _title = options.Title ?? $"Search of {result.Space} by {result.Strategy}";

    /// <summary>Writes the document.</summary>
    public override string ToString()
    {
        string style = Read("report.css");
        string script = Read("report.js");

        // The page may run its own style and script, and load nothing at all.
        string policy = $"default-src 'none'; style-src '{HashOf(style)}'; script-src '{HashOf(script)}'; base-uri 'none'; form-action 'none'";
        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta http-equiv="Content-Security-Policy" content="{policy}"/>
            <title>{_title}</title>
            <style>{Html.Trusted(style)}</style>
            </head>
            <body>
            <header>
            <h1>{_title}</h1>
            <p class="muted">The best of {result.Evaluations} architectures, found without training any.</p>
            </header>
            <main>
            {Summary()}
            {Best()}
            {Plots()}
            {new RankedTable(result, options).Write()}
            {Settings()}
            </main>
            <footer>Made by RankNas {VersionOfThis()}. The file needs nothing from elsewhere.</footer>
            <script>{Html.Trusted(script)}</script>
            </body>
            </html>

            """).ToString();
    }

    private Html Summary() => Html.Of($"""
        <section aria-labelledby="summary">
        <h2 id="summary">Summary</h2>
        {Notices()}
        <dl class="facts">
        {Fact("Search space", result.Space)}
        {Fact("Strategy", result.Strategy)}
        {Fact("Proxies", string.Join(", ", result.Proxies.Select(proxy => proxy.Id)))}
        {Fact("Ranked by", result.Aggregator.Replace('-', ' '))}
        {(result.Constraints.IsEmpty ? Html.Empty : Fact("Constraints", string.Join(", ", result.Constraints)))}
        {Fact("Seed", result.Seed.ToString(CultureInfo.InvariantCulture))}
        {Fact("Images", FormattableString.Invariant($"{result.Images.Description}, batch {result.Images.BatchSize}"))}
        {Fact("Architectures scored", FormattableString.Invariant($"{result.Evaluations:N0} of a budget of {result.Budget:N0}, {result.History.Count(evaluated => evaluated.FromStore):N0} found in the store"))}
        {Fact("Elapsed", ReportFigures.Duration(result.Elapsed))}
        {Fact("Scoring took", ReportFigures.Duration(TimeSpan.FromSeconds(result.History.Sum(evaluated => evaluated.Seconds))) + ", when it was done, all workers together")}
        {Fact("Ended because", WhyItEnded())}
        </dl>
        </section>
        """);

    private string WhyItEnded() => result.End switch
    {
        SearchEnd.BudgetUsed => "the budget was used up",
        SearchEnd.Cancelled => "it was cancelled",
        _ => "the strategy came to its own end",
    };

    private Html Notices()
    {
        var notices = new List<Html>();
        if (result.IsCancelled)
        {
            notices.Add(Html.Of($"<p class=\"notice\">The search was cancelled: this is the best until then.</p>"));
        }

        if (result.Images.IsSynthetic)
        {
            notices.Add(Html.Of($"<p class=\"notice\">The images were made up, for want of real ones: scores by real images rank better.</p>"));
        }

        EvaluatedArchitecture[] failed = [.. result.History.Where(evaluated => evaluated.Scores.Any(score => score.Kind == ScoreKind.Failed))];
        if (failed.Length > 0)
        {
            string reason = failed[0].Scores.First(score => score.Kind == ScoreKind.Failed).Failure!;
            notices.Add(Html.Of($"""
                <p class="notice">{failed.Length} of {result.Evaluations} architectures {(failed.Length == 1 ? "has" : "have")} a failed score, such as
                <code>{failed[0].Architecture.Text}</code>: {reason}</p>
                """));
        }

        return Html.Join(notices);
    }

    // A network that cannot be built or run has none.
    private static Html Costs(SearchCandidate candidate) => !candidate.TryGetCost(out NetworkCost cost) ? Html.Empty : Html.Of($"""
        {Fact("Parameters", cost.Parameters.ToString("N0", CultureInfo.InvariantCulture))}
        {Fact("Multiply-accumulates", cost.Macs.ToString("N0", CultureInfo.InvariantCulture))}
        """);

    private Html Best()
    {
        SearchCandidate best = result.Best;
        return Html.Of($"""
            <section aria-labelledby="best">
            <h2 id="best">Best architecture</h2>
            <p class="best"><code>{best.Architecture.Text}</code></p>
            <dl class="facts">
            {Fact(ReportFigures.Sentence(result.Aggregator.Replace('-', ' ')), ReportFigures.Number(best.Total))}
            {Html.Join(result.Proxies.Zip(best.Scores, best.Ranks).Select(proxy =>
                Fact(proxy.First.Id, $"{ReportFigures.Score(proxy.Second)}, rank {ReportFigures.Number(proxy.Third)}")))}
            {Html.Join(options.Accuracies.Select(accuracy => Fact(accuracy.Name, PercentOrUnknown(accuracy.Of(best.Architecture)))))}
            {Costs(best)}
            </dl>
            {Drawings(best)}
            </section>
            """);
    }

    private static string PercentOrUnknown(double? accuracy) => accuracy is null ? "not known" : $"{ReportFigures.Percent(accuracy)} %";

    private static Html Drawings(SearchCandidate best) => !best.Space.CanBeDrawn() ? Html.Empty : Html.Of($"""
        <div class="drawings">
        {Figure("Its cell", InlineSvg.Of(best.DrawCell(), "cell"), isWide: true)}
        {Figure("Its network", InlineSvg.Of(best.DrawNetwork(), "network"), isWide: true)}
        </div>
        """);

    private Html Plots() => Html.Of($"""
        <section aria-labelledby="plots">
        <h2 id="plots">Plots</h2>
        <p class="muted">All {result.Evaluations} architectures scored, ranked among each other.</p>
        <div class="plots">
        {Html.Join(PlotMakers().Select((plot, number) => Plot(plot, $"plot{number}")))}
        </div>
        </section>
        """);

    private IEnumerable<Func<Chart>> PlotMakers()
    {
        yield return result.PlotProgress;
        foreach (ReportAccuracy accuracy in options.Accuracies)
        {
            yield return () => result.PlotAccuracy(accuracy.Of, $"{accuracy.Name} (%)");
        }

        yield return result.PlotParameters;
        foreach (ProxyDescriptor proxy in result.Proxies)
        {
            yield return () => result.PlotScores(proxy.Id);
        }

        ImmutableArray<ProxyDescriptor> paired = [.. result.Proxies.Take(MostProxiesInPairs)];
        for (int first = 0; first < paired.Length; first++)
        {
            for (int second = first + 1; second < paired.Length; second++)
            {
                (string x, string y) = (paired[first].Id, paired[second].Id);
                yield return () => result.PlotProxies(x, y);
            }
        }
    }

    private static Html Plot(Func<Chart> make, string name)
    {
        try
        {
            Chart chart = make();
            return Figure(chart.Title, InlineSvg.Of(chart.WithSize(520, 340), name), isWide: false);
        }
        catch (InvalidOperationException nothing)
        {
            return Html.Of($"<p class=\"muted\">{nothing.Message}</p>");
        }
    }

    private static Html Figure(string caption, Html picture, bool isWide) => isWide
        ? Html.Of($"<figure><figcaption>{caption}</figcaption><div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"{caption}\">{picture}</div></figure>")
        : Html.Of($"<figure><figcaption>{caption}</figcaption>{picture}</figure>");

    private Html Settings() => Html.Of($"""
        <section aria-labelledby="again">
        <h2 id="again">The same again</h2>
        {(options.CommandLine is { } command ? Html.Of($"<p>This command makes the same ranking:</p>\n<pre><code>{command}</code></pre>") : Html.Empty)}
        <dl class="facts">
        {Fact("Budget", result.Budget.ToString("N0", CultureInfo.InvariantCulture))}
        {Fact("Number format", result.Precision.ToString().ToLowerInvariant())}
        {Fact("Fingerprint of the images", result.Images.Fingerprint)}
        {Html.Join(result.Proxies.Where(proxy => proxy.Settings.Length > 0).Select(proxy => Fact($"Settings of {proxy.Id}", proxy.Settings)))}
        </dl>
        </section>
        """);

    private static Html Fact(string name, string value) => Html.Of($"<div><dt>{name}</dt><dd>{value}</dd></div>\n");

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string VersionOfThis() =>
        Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static string Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"RankNas.{name}")!;
        using var reader = new StreamReader(stream);

        // A browser reads every line end as one \n, and hashes that.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
