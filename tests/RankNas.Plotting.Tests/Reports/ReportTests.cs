using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace RankNas.Tests;

public partial class ReportTests
{
    [Fact]
    public async Task ToReport_LoadsNothingFromElsewhere()
    {
        string report = (await Results.Topology(40, (place, _) => Score.Of(place), "a", "low")).ToReport();

        foreach (string loading in (string[])["://", "\"//", "'//", "@import", "href", "src=", "xmlns", "fetch(", "XMLHttpRequest", "import("])
        {
            report.Contains(loading, StringComparison.OrdinalIgnoreCase).Should().BeFalse($"'{loading}' would load something");
        }

        UrlOf().Matches(report).Select(match => match.Groups[1].Value).Should().NotBeEmpty().And.OnlyContain(target => target.StartsWith('#'));
    }

    [Fact]
    public async Task ToReport_Policy_AllowsItsOwnStyleAndScriptAndNoOther()
    {
        XElement page = Read((await Results.Topology(3, (place, _) => Score.Of(place), "a")).ToReport());
        string policy = page.Descendants("meta").Single(meta => meta.Attribute("http-equiv") is not null).Attribute("content")!.Value;
        policy.Should().StartWith("default-src 'none';")
            .And.Contain($"style-src 'sha256-{HashOf(page.Descendants("style").Single().Value)}'")
            .And.Contain($"script-src 'sha256-{HashOf(page.Descendants("script").Single().Value)}'");
    }

    [Fact]
    public async Task ToReport_HostileTexts_AreEscaped()
    {
        SearchResult result = await Results.Hostile();
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
        SearchResult free = await Results.Topology(3, (place, _) => Score.Of(place), "a");
        SearchResult constrained = await Results.Constrained("as many as <you> like");

        FactsOf(free).Should().NotContainKey("Constraints");
        FactsOf(constrained).Should().Contain("Constraints", "as many as <you> like");
    }

    [Fact]
    public async Task ToReport_NamesInPictures_AreUnique()
    {
        XElement page = Read((await Results.Topology(40, (place, _) => Score.Of(place), "a", "low")).ToReport());
        string[] ids = [.. page.DescendantsAndSelf().Attributes("id").Select(id => id.Value)];
        ids.Should().OnlyHaveUniqueItems();
        page.DescendantsAndSelf().Attributes("clip-path").Select(path => path.Value[5..^1]).Should().NotBeEmpty().And.BeSubsetOf(ids);
        page.DescendantsAndSelf().Attributes("aria-labelledby").Select(label => label.Value).Should().BeSubsetOf(ids);
    }

    [Fact]
    public async Task ToReport_Pictures_TakeThePagesColours_AndAreNamed()
    {
        string report = (await Results.Topology(40, (place, _) => Score.Of(place), "a", "low")).ToReport();
        report.ToLowerInvariant().Should().NotContain("#fe000");
        XElement[] pictures = [.. Read(report).Descendants("svg")];
        pictures.Should().HaveCount(2 + 5, "of the cell, the network, the progress, the parameters, two distributions and a pair");
        pictures.Should().OnlyContain(svg => svg.Attribute("role")!.Value == "img" && svg.Elements().First().Name == "title" && svg.Elements().First().Value.Length > 0);
        pictures.Should().OnlyContain(svg => svg.ToString().Contains("var(--text)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ToReport_HasTheResult()
    {
        SearchResult result = await Results.Topology(40, (place, _) => Score.Of(place), "a", "low");
        XElement page = Read(result.ToReport(new ReportOptions { Top = 7, Accuracies = [new ReportAccuracy("cifar10 test", _ => 91.234)], CommandLine = "ranknas search" }));

        page.Descendants("h1").Single().Value.Should().Be("Search of nats-tss by take-first");
        page.Descendants("h2").Select(heading => heading.Value).Should().Equal("Summary", "Best architecture", "Plots", "Ranking", "The same again");
        XElement[] rows = [.. page.Descendants("tbody").Single().Elements("tr")];
        rows.Select(row => row.Elements("td").ElementAt(1).Value).Should().Equal(result.Ranked.Take(7).Select(candidate => candidate.Architecture.Text));
        rows[0].Elements("td").Select(cell => cell.Value).Should().HaveElementAt(5, "91.23");
        page.Descendants("p").Single(part => part.Attribute("class")?.Value == "best").Value.Should().Be(result.Best.Architecture.Text);
        page.Descendants("dd").Select(value => value.Value).Should().Contain(result.Images.Fingerprint).And.Contain("the budget was used up");
        page.Value.Should().Contain("made up, for want of real ones");
    }

    [Fact]
    public async Task ToReport_SortKeys_AreNumbersOrEmpty()
    {
        SearchResult result = await Results.Topology(4, (place, _) => place == 0 ? Score.Failed("It would not.") : Score.Of(place == 1 ? double.NegativeInfinity : place), "a");
        XElement page = Read(result.ToReport(new ReportOptions { Accuracies = [new ReportAccuracy("known", _ => null)] }));
        XElement[] cells = [.. page.Descendants("td").Where(cell => cell.Attribute("class") is null)];
        cells.Select(cell => cell.Attribute("data-value")!.Value).Should().OnlyContain(key => key.Length == 0 || double.IsFinite(double.Parse(key, System.Globalization.CultureInfo.InvariantCulture)));
        page.Descendants("td").Select(cell => cell.FirstNode is XText text ? text.Value : "").Should().Contain(["failed", "−∞"]);
        page.Value.Should().Contain("1 of 4 architectures has a failed score").And.Contain("no architecture has a finite value of known (%)");
    }

    [Fact]
    public async Task ToReport_OneCandidate_EveryScoreFailed_IsWritten()
    {
        XElement page = Read((await Results.Topology(1, (_, _) => Score.Failed("It would not."), "a", "low")).ToReport());
        page.Descendants("tbody").Single().Elements("tr").Should().HaveCount(1);
        page.Value.Should().Contain("no architecture has a finite value of a.");
    }

    [Fact]
    public async Task ToReport_ASpaceThatCannotBeDrawn_HasPlotsAlone() =>
        Read((await Results.Hostile()).ToReport()).Descendants("svg").Should().HaveCount(3);

    [Fact]
    public async Task SaveReport_NothingScored_SaysSo_AndWritesNothing()
    {
        using var folder = new TempFolder();
        SearchResult result = await Results.Empty();
        FluentActions.Invoking(() => result.SaveReport(folder.File("report.html"))).Should().Throw<InvalidOperationException>().WithMessage("Nothing was scored*");
        Directory.GetFiles(folder.Path).Should().BeEmpty();
    }

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
