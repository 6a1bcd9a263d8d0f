using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using RankNas.Core.Tests.Support;
using RankNas.Correlation;
using RankNas.Plotting.Charts;
using RankNas.Plotting.Tests.Support;
using RankNas.Scores;
using RankNas.SearchSpaces;

namespace RankNas.Plotting.Tests.Reports;

public partial class ReportTests
{
    [Fact]
    public async Task ToReport_LoadsNothingFromElsewhere()
    {
        string report = (await ExampleResults.Topology(40, (place, _) => Score.Of(place), "a", "low")).ToReport();

        foreach (string loading in (string[])["://", "\"//", "'//", "@import", "href", "src=", "xmlns", "fetch(", "XMLHttpRequest", "import("])
        {
            report.Contains(loading, StringComparison.OrdinalIgnoreCase).Should().BeFalse($"'{loading}' would load something");
        }

        UrlOf().Matches(report).Select(match => match.Groups[1].Value).Should().NotBeEmpty().And.OnlyContain(target => target.StartsWith('#'));
    }

    [Fact]
    public async Task ToReport_Policy_AllowsItsOwnStyleAndScriptAndNoOther()
    {
        XElement page = Read((await ExampleResults.Topology(3, (place, _) => Score.Of(place), "a")).ToReport());
        string policy = page.Descendants("meta").Single(meta => meta.Attribute("http-equiv") is not null).Attribute("content")!.Value;
        policy.Should().StartWith("default-src 'none';")
            .And.Contain($"style-src 'sha256-{HashOf(page.Descendants("style").Single().Value)}'")
            .And.Contain($"script-src 'sha256-{HashOf(page.Descendants("script").Single().Value)}'");
    }

    [Fact]
    public async Task ToReport_HostileTexts_AreEscaped()
    {
        SearchResult result = await ExampleResults.Hostile();
        string report = result.ToReport(new ReportOptions
        {
            Title = "</title><script>alert('title')</script>",
            CommandLine = "</code><script>alert('command')</script>",
            Accuracies = [new ReportAccuracy("<img src=x onerror=alert(1)>", _ => 12.5)],
        });

        XElement page = Read(report);
        page.Descendants("script").Should().HaveCount(1);
        page.Descendants("img").Should().BeEmpty();
        page.Descendants("title").First().Value.Should().Be("</title><script>alert('title')</script>");
        page.Descendants("code").Select(code => code.Value).Should().Contain("</code><script>alert('command')</script>")
            .And.Contain(code => code.StartsWith("</td></text><script>alert(\"x\")</script>,&'", StringComparison.Ordinal));
        page.Descendants("th").Select(header => header.Value).Should().Contain("a</text><script>alert('proxy')</script>&\"<\uFFFD]]>");
        page.Value.Should().Contain("</p><script>alert('failure')</script>");
    }

    [Fact]
    public async Task ToReport_ASearchUnderConstraints_NamesThem()
    {
        SearchResult free = await ExampleResults.Topology(3, (place, _) => Score.Of(place), "a");
        SearchResult constrained = await ExampleResults.Constrained("as many as <you> like");

        FactsOf(free).Should().NotContainKey("Constraints");
        FactsOf(constrained).Should().Contain("Constraints", "as many as <you> like");
    }

    [Fact]
    public async Task ToReport_NamesInPictures_AreUnique()
    {
        XElement page = Read((await ExampleResults.Topology(40, (place, _) => Score.Of(place), "a", "low")).ToReport());
        string[] ids = [.. page.DescendantsAndSelf().Attributes("id").Select(id => id.Value)];
        ids.Should().OnlyHaveUniqueItems();
        page.DescendantsAndSelf().Attributes("clip-path").Select(path => path.Value[5..^1]).Should().NotBeEmpty().And.BeSubsetOf(ids);
        page.DescendantsAndSelf().Attributes("aria-labelledby").Select(label => label.Value).Should().BeSubsetOf(ids);
    }

    [Fact]
    public async Task ToReport_Pictures_TakeThePagesColours_AndAreNamed()
    {
        string report = (await ExampleResults.Topology(40, (place, _) => Score.Of(place), "a", "low")).ToReport();
        report.ToLowerInvariant().Should().NotContain("#fe000");
        XElement[] pictures = [.. Read(report).Descendants("svg")];
        pictures.Should().HaveCount(2 + 5, "of the cell, the network, the progress, the parameters, two distributions and a pair");
        pictures.Should().OnlyContain(svg => svg.Attribute("role")!.Value == "img" && svg.Elements().First().Name == "title" && svg.Elements().First().Value.Length > 0);
        pictures.Should().OnlyContain(svg => svg.ToString().Contains("var(--text)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ToReport_HasTheResult()
    {
        SearchResult result = await ExampleResults.Topology(40, (place, _) => Score.Of(place), "a", "low");
        XElement page = Read(result.ToReport(new ReportOptions { Top = 7, Accuracies = [new ReportAccuracy("cifar10 test", _ => 91.234)], CommandLine = "ranknas search" }));

        page.Descendants("h1").Single().Value.Should().Be("Search of nats-tss by take-first");
        page.Descendants("h2").Select(heading => heading.Value).Should().Equal(
            "Before you rely on this", "Summary", "Best architecture", "Agreement with the accuracies", "Plots", "Ranking", "The same again", "Where and when");
        XElement[] rows = [.. RankingOf(page).Element("tbody")!.Elements("tr")];
        rows.Select(row => row.Elements("td").ElementAt(1).Value).Should().Equal(result.Ranked.Take(7).Select(candidate => candidate.Architecture.Text));
        rows[0].Elements("td").Select(cell => cell.Value).Should().HaveElementAt(5, "91.23");
        page.Descendants("p").Single(part => part.Attribute("class")?.Value == "best").Value.Should().Be(result.Best.Architecture.Text);
        page.Descendants("dd").Select(value => value.Value).Should().Contain("the budget was used up");
        page.Descendants("td").Select(value => value.Value).Should().Contain(result.Images.Fingerprint);
        page.Value.Should().Contain("made up, for want of real ones");
    }

    [Fact]
    public async Task ToReport_SortKeys_AreNumbersOrEmpty()
    {
        SearchResult result = await ExampleResults.Topology(4, (place, _) => place == 0 ? Score.Failed("It would not.") : Score.Of(place == 1 ? double.NegativeInfinity : place), "a");
        XElement page = Read(result.ToReport(new ReportOptions { Accuracies = [new ReportAccuracy("known", _ => null)] }));
        XElement[] cells = [.. RankingOf(page).Descendants("td").Where(cell => cell.Attribute("class") is null)];
        cells.Select(cell => cell.Attribute("data-value")!.Value).Should().OnlyContain(key => key.Length == 0 || double.IsFinite(double.Parse(key, System.Globalization.CultureInfo.InvariantCulture)));
        page.Descendants("td").Select(cell => cell.FirstNode is XText text ? text.Value : "").Should().Contain(["failed", "−∞"]);
        page.Value.Should().Contain("a failed on 1 of 4 architectures, such as ").And.Contain("no architecture has a finite value of known (%)");
    }

    [Fact]
    public async Task ToReport_OneCandidate_EveryScoreFailed_IsWritten()
    {
        XElement page = Read((await ExampleResults.Topology(1, (_, _) => Score.Failed("It would not."), "a", "low")).ToReport());
        RankingOf(page).Element("tbody")!.Elements("tr").Should().HaveCount(1);
        page.Descendants("p").Select(line => line.Value).Should().Contain("Nothing to plot: no architecture has a finite value of a.")
            .And.Contain("The one architecture scored.");
    }

    [Fact]
    public async Task ToReport_ASpaceThatCannotBeDrawn_HasPlotsAlone_AndSaysSo()
    {
        XElement page = Read((await ExampleResults.OfModules()).ToReport());
        page.Descendants("figure").Should().OnlyContain(figure => !figure.Value.StartsWith("Its"));
        page.Descendants("p").Select(line => line.Value).Should().Contain(line => line.StartsWith("There is no drawing of it. The space 'modules' builds modules and has no graphs"));
    }

    [Fact]
    public async Task ToReport_Accuracies_HasTauAndRhoOfTheRanksAndOfEveryProxy()
    {
        SearchResult result = await ExampleResults.Topology(40, (place, proxy) => Score.Of(proxy == "b" ? place % 2 : place), "a", "b");
        Dictionary<Architecture, int> places = result.History.Select((evaluated, place) => (evaluated.Architecture, place)).ToDictionary();
        var options = new ReportOptions
        {
            Accuracies = [new ReportAccuracy("known", architecture => places[architecture]), new ReportAccuracy("reverse", architecture => places[architecture] < 3 ? -places[architecture] : null)],
        };
        XElement page = Read(result.ToReport(options));

        string[][] rows = [.. TableUnder(page, "agreement").Element("tbody")!.Elements("tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray())];
        rows.Select(row => row[0]).Should().Equal("rank sum", "a", "b");
        rows[1].Should().Equal("a", "1.000", "1.000", "40", "−1.000", "−1.000", "3");
        rows[0][1].Should().Be(AccuracyAgreement.Text(KendallTau.Of(
            [.. result.Ranked.Select(candidate => -candidate.Total)], [.. result.Ranked.Select(candidate => (double)places[candidate.Architecture])])));
        page.Value.Should().Contain("Of 3 architectures, these figures are mostly chance.");
        Read(result.ToReport()).Descendants("h2").Select(heading => heading.Value).Should().NotContain("Agreement with the accuracies");
    }

    [Fact]
    public async Task ToReport_Notices_AreAtTheTop_AndEscaped()
    {
        SearchResult result = await ExampleResults.Topology(3, (_, _) => Score.Failed("It would not."), "a");
        result = result with
        {
            Notices = [new SearchNotice("scores-failed", "naswot saw <no> ReLU"), new SearchNotice("images-identical", "All images are the same.")],
        };
        XElement page = Read(result.ToReport());
        XElement box = page.Descendants("main").Single().Elements().First();

        box.Attribute("class")!.Value.Should().Be("notices");
        box.Elements("p").Select(line => line.Value).Should().StartWith(["naswot saw <no> ReLU", "All images are the same."])
            .And.NotContain(line => line.Contains("have a failed score", StringComparison.Ordinal), "the result says so itself");
    }

    [Fact]
    public async Task ToReport_Settings_HasEveryOneOfTheResult()
    {
        SearchResult result = await ExampleResults.Topology(3, (place, _) => Score.Of(place), "a");
        XElement page = Read(result.ToReport());
        TableUnder(page, "again").Element("tbody")!.Elements("tr").Select(row => (row.Element("th")!.Value, row.Element("td")!.Value))
            .Should().Equal(result.Settings.Select(setting => (setting.Name.Replace('-', ' '), setting.Value)));
    }

    [Fact]
    public async Task ToReport_NoCommandLine_HasTheProgram()
    {
        SearchResult result = await NasBuilder.Create().UseNatsSize().UseAgingEvolution().AddNaswot().AddNoiseImmunity().WithBudget(3).WithBatchSize(4).WithStrategySeed(7)
            .UseEvaluator(() => new ScriptedEvaluator((_, _) => Score.Of(1))).Build().RunAsync(TestContext.Current.CancellationToken);
        string program = Read(result.ToReport()).Descendants("pre").Single().Value;
        program.ReplaceLineEndings("\n").Should().StartWith("SearchResult result = await NasBuilder.Create()\n    .UseNatsSize()\n    .AddNaswot()\n    .AddNoiseImmunity()\n")
            .And.Contain("    .UseAgingEvolution(new AgingEvolutionOptions { PopulationSize = 50, TournamentSize = 5, TournamentsPerStep = 4, StepsAtOnce = 1, Patience = 500 })\n")
            .And.Contain("    .WithSeed(0)\n    .WithStrategySeed(7)\n").And.EndWith("    .Build().RunAsync();");
    }

    [Fact]
    public async Task ToReport_TimeAndMachineGiven_IsTheSameToTheLetter_InAnyCulture()
    {
        SearchResult result = await ExampleResults.Topology(12, (place, _) => Score.Of(1234.5 * place), "a", "low");
        string Write() => result.ToReport(new ReportOptions
        {
            WrittenAt = new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.FromHours(-3)),
            Machine = new ReportMachine("<Z80>", 1, "none", "CP/M 2.2", ".NET 10.0.1", "2.10"),
            Accuracies = [new ReportAccuracy("known", architecture => architecture.Text.Length + 0.25)],
        });

        string report = Write();
        foreach (string culture in new[] { "de-DE", "fa-IR", "th-TH" })
        {
            Cultures.In(culture, Write).Should().Be(report);
        }

        XElement page = Read(report);
        FactsUnder(page, "machine").Should().Contain("Written", "2031-02-03 04:05 UTC-03:00").And.Contain("Processor", "<Z80>, 1 core").And.Contain("Operating system", "CP/M 2.2");
    }

    [Fact]
    public void CurrentMachine_HasEverything()
    {
        ReportMachine machine = ReportMachine.Current();
        new[] { machine.Processor, machine.InstructionSet, machine.OperatingSystem, machine.Runtime, machine.Libtorch }
            .Should().OnlyContain(text => !string.IsNullOrWhiteSpace(text) && !text.Contains('\n'));
        machine.Cores.Should().Be(Environment.ProcessorCount);
    }

    [Fact]
    public async Task ToReport_CardsOfAPhone_NameEveryCell()
    {
        XElement page = Read((await ExampleResults.Topology(3, (place, _) => Score.Of(place), "a", "low")).ToReport(new ReportOptions { Accuracies = [new ReportAccuracy("known", _ => 90)] }));
        foreach (XElement table in page.Descendants("table").Where(table => table.Attribute("class")!.Value.Contains("cards", StringComparison.Ordinal)))
        {
            string[] headers = [.. table.Element("thead")!.Descendants("th").Select(header => header.Value)];
            foreach (XElement row in table.Element("tbody")!.Elements("tr"))
            {
                row.Elements("td").Select(cell => cell.Attribute("data-label")!.Value).Should().Equal(headers.TakeLast(row.Elements("td").Count()));
            }
        }

        page.Descendants("style").Single().Value.Should().Contain("attr(data-label)");
        page.Descendants("p").Count(line => line.Attribute("class")?.Value == "hint").Should().Be(2, "of the cell and the network");
    }

    [Fact]
    public async Task SaveReport_NothingScored_SaysSo_AndWritesNothing()
    {
        using var folder = new TempFolder();
        SearchResult result = await ExampleResults.Empty();
        FluentActions.Invoking(() => result.SaveReport(folder.File("report.html"))).Should().Throw<InvalidOperationException>().WithMessage("Nothing was scored*");
        Directory.GetFiles(folder.Path).Should().BeEmpty();
    }

    private static XElement RankingOf(XElement page) => TableUnder(page, "ranking");

    private static XElement TableUnder(XElement page, string heading) =>
        page.Descendants("section").Single(section => section.Attribute("aria-labelledby")!.Value == heading).Descendants("table").Single();

    private static Dictionary<string, string> FactsUnder(XElement page, string heading) =>
        page.Descendants("section").Single(section => section.Attribute("aria-labelledby")!.Value == heading).Descendants("dl").Single().Elements("div")
            .ToDictionary(fact => fact.Element("dt")!.Value, fact => fact.Element("dd")!.Value);

    private static Dictionary<string, string> FactsOf(SearchResult result) => Read(result.ToReport()).Descendants("dl").First().Elements("div")
        .ToDictionary(fact => fact.Element("dt")!.Value, fact => fact.Element("dd")!.Value);

    private static XElement Read(string report)
    {
        report.Should().StartWith("<!DOCTYPE html>");
        using var reader = XmlReader.Create(new StringReader(report), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader).Root!;
    }

    private static string HashOf(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex(@"url\(([^)]*)\)")]
    private static partial Regex UrlOf();
}
