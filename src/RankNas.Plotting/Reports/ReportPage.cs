using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using RankNas.Files;
using RankNas.Pareto;
using RankNas.Proxies;
using RankNas.Ranking;

namespace RankNas.Plotting.Reports;

/// <summary>The report of one search, as a page.</summary>
internal sealed class ReportPage(SearchResult result, ReportOptions options)
{
    private const int MostProxiesInPairs = 4;

#pragma warning disable RS0030 // The reader's own time of day, which the options replace.
    private readonly DateTimeOffset _writtenAt = options.WrittenAt ?? DateTimeOffset.Now;
#pragma warning restore RS0030
    private readonly string _title = options.Title ?? $"Search of {result.Space} by {result.Strategy}";

    /// <summary>Writes the document.</summary>
    public override string ToString()
    {
        string style = Read("report.css") + (options.Sections.IsEmpty ? "" : Read("sections.css"));
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
            <p class="muted">The best of {result.Evaluations} {Architectures(result.Evaluations)}, found without training any. Written {Moment()}.</p>
            </header>
            <main>
            {Notices()}
            {new AddedSections(options).Write()}{Summary()}
            {Best()}
            {new AgreementTable(result, options).Write()}
            {Plots()}
            {new RankedTable(result, options).Write()}
            {new SettingsTable(result, options).Write()}
            {Machine()}
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
        SearchEnd.TimeUsed => "the time was used up",
        _ => "the strategy came to its own end",
    };

    private Html Notices()
    {
        Html[] notices = [.. result.Notices.Select(notice => Html.Of($"<p>{notice.Message}</p>\n")), .. OwnNotices()];
        return notices.Length == 0 ? Html.Empty : Html.Of($"""
            <section class="notices" aria-labelledby="notices">
            <h2 id="notices">Before you rely on this</h2>
            {Html.Join(notices)}
            </section>
            """);
    }

    private IEnumerable<Html> OwnNotices()
    {
        if (result.IsCancelled)
        {
            yield return Html.Of($"<p>The search was cancelled: this is the best until then.</p>\n");
        }

        if (result.Images.IsSynthetic)
        {
            yield return Html.Of($"<p>The images were made up, for want of real ones: scores by real images rank better.</p>\n");
        }
    }

    // A network that cannot be built or run has none.
    private Html Costs(ScoredArchitecture candidate) => !result.TryGetCost(candidate, out NetworkCost cost) ? Html.Empty : Html.Of($"""
        {Fact("Parameters", cost.Parameters.ToString("N0", CultureInfo.InvariantCulture))}
        {Fact("Multiply-accumulates", cost.Macs.ToString("N0", CultureInfo.InvariantCulture))}
        """);

    private Html Best()
    {
        ScoredArchitecture best = result.Best;
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

    // A space that builds modules has no graphs, and one's own may fail: its report is written all the same.
    private Html Drawings(ScoredArchitecture best)
    {
        NetworkGraph graph;
        try
        {
            graph = result.Describe(best);
        }
#pragma warning disable CA1031 // What it says is in the page.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Html.Of($"<p class=\"muted\">There is no drawing of it. {ErrorText.FirstLineOf(exception)}</p>");
        }

        return Html.Of($"""
            <div class="drawings">
            {ReportPicture.Of("Its cell", graph.DrawCell(), "cell")}
            {ReportPicture.Of("Its network", graph.DrawNetwork(), "network")}
            </div>
            """);
    }

    private Html Plots() => Html.Of($"""
        <section aria-labelledby="plots">
        <h2 id="plots">Plots</h2>
        <p class="muted">{(result.Evaluations == 1 ? "The one architecture scored." : FormattableString.Invariant($"All {result.Evaluations:N0} architectures scored, ranked among each other; the winner is a diamond."))}</p>
        <div class="plots">
        {Html.Join(PlotMakers().Select((plot, number) => ReportPicture.Of(plot(), $"plot{number}")))}
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

        if (result.HasSearchSpace)
        {
            yield return result.PlotParameters;
        }

        foreach (ObjectiveDescriptor objective in result.Objectives)
        {
            yield return () => result.PlotParetoFront(objective.Id);
        }

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

    private Html Machine()
    {
        ReportMachine machine = options.Machine ?? ReportMachine.Current();
        return Html.Of($"""
            <section aria-labelledby="machine">
            <h2 id="machine">Where and when</h2>
            <dl class="facts">
            {Fact("Written", Moment())}
            {Fact("Processor", FormattableString.Invariant($"{machine.Processor}, {machine.Cores} {(machine.Cores == 1 ? "core" : "cores")}"))}
            {Fact("Instruction set", machine.InstructionSet)}
            {Fact("Operating system", machine.OperatingSystem)}
            {Fact(".NET", machine.Runtime)}
            {Fact("libtorch", machine.Libtorch)}
            </dl>
            </section>
            """);
    }

    private string Moment() => _writtenAt.ToString(_writtenAt.Offset == TimeSpan.Zero ? "yyyy-MM-dd HH:mm 'UTC'" : "yyyy-MM-dd HH:mm 'UTC'zzz", CultureInfo.InvariantCulture);

    private static string Architectures(int count) => count == 1 ? "architecture" : "architectures";

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
