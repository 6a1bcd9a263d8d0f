using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using RankNas.Plotting.Tests.Support;
using RankNas.Scores;

namespace RankNas.Plotting.Tests.Reports;

public class ReportSectionTests
{
    private static readonly ReportOptions Plain = new()
    {
        WrittenAt = DateTimeOffset.UnixEpoch,
        Machine = new ReportMachine("Z80", 1, "none", "CP/M 2.2", ".NET 10.0.1", "2.10"),
    };

    private static readonly ReportSection Training = new("Training <1>")
    {
        Paragraphs = ["It took 3 epochs.", "</p><script>alert(1)</script>"],
        Table = new ReportTable(["class", "recall <b>", "confused with"], [["cat", "91.2 %", "dog"], ["<i>dog</i>", "8.5 %", "\"cat\" & bird"]]),
        Charts =
        [
            Chart.Lines([ChartSeries.OfEpochs("training", [3, 2, 1]), ChartSeries.OfEpochs("<validation>", [3, 2.5, 2])], "epoch", "loss"),
            Chart.ConfusionMatrix(["cat", "<dog>"], new[,] { { 5, 1 }, { 2, 7 } }),
            Chart.Lines([ChartSeries.OfEpochs("training", [double.NaN])], "epoch", "accuracy"),
        ],
    };

    [Fact]
    public async Task Sections_ComeInTheirOrder_BelowTheNotices_AndBeforeTheSummary()
    {
        XElement page = Read((await Result()).ToReport(Plain with { Sections = [Training, new ReportSection("Another")] }));
        page.Descendants("h2").Select(heading => heading.Value).Should().Equal(
            "Before you rely on this", "Training <1>", "Another", "Summary", "Best architecture", "Plots", "Ranking", "The same again", "Where and when");
        page.Descendants("section").Single(section => section.Attribute("aria-labelledby")!.Value == "section2").Elements().Should().ContainSingle("it has but a heading");
    }

    [Fact]
    public async Task Sections_HaveTheirTextsTableAndPlots_Escaped()
    {
        XElement page = Read((await Result()).ToReport(Plain with { Sections = [Training] }));
        XElement section = page.Descendants("section").Single(part => part.Attribute("class")?.Value == "added");

        page.Descendants("script").Should().HaveCount(1);
        section.Descendants().Select(element => element.Name.LocalName).Should().NotContain(["b", "i", "dog"]);
        section.Elements("p").Select(line => line.Value).Should().Equal("It took 3 epochs.", "</p><script>alert(1)</script>");
        section.Descendants("thead").Single().Descendants("th").Select(header => (header.Value, header.Attribute("class")!.Value))
            .Should().Equal(("class", "name"), ("recall <b>", "figures"), ("confused with", "words"));
        section.Descendants("tbody").Single().Elements("tr").Select(row => string.Join('|', row.Elements().Select(cell => cell.Value)))
            .Should().Equal("cat|91.2 %|dog", "<i>dog</i>|8.5 %|\"cat\" & bird");
        section.Descendants("td").Select(cell => cell.Attribute("data-label")!.Value).Should().Equal("recall <b>", "confused with", "recall <b>", "confused with");
        section.Descendants("figcaption").Select(caption => caption.Value).Should().Equal("loss by epoch", "accuracy by epoch", "Confusion matrix");
        section.Descendants("figure").Elements("p").Select(line => line.Value).Should().Contain("Nothing to plot: no series has a finite value of accuracy.");
        section.Descendants("text").Select(text => text.Value).Should().Contain(["training", "<validation>", "<dog>", "7"]);
    }

    [Fact]
    public async Task Sections_Pictures_TakeThePagesColours_AndHaveNamesOfTheirOwn()
    {
        string report = (await Result()).ToReport(Plain with { Sections = [Training, Training] });
        report.ToLowerInvariant().Should().NotContain("#fe000");
        XElement page = Read(report);
        string[] ids = [.. page.DescendantsAndSelf().Attributes("id").Select(id => id.Value)];
        ids.Should().OnlyHaveUniqueItems();
        page.DescendantsAndSelf().Attributes("clip-path").Select(path => path.Value[5..^1]).Should().NotBeEmpty().And.BeSubsetOf(ids);
        XElement[] pictures = [.. page.Descendants("section").Where(part => part.Attribute("class")?.Value == "added").Descendants("svg")];
        pictures.Should().HaveCount(4).And.OnlyContain(svg => svg.Elements().First().Name == "title" && svg.Elements().First().Value.Length > 0);
        pictures[1].Attribute("width")!.Value.Should().Be("480", "a confusion matrix keeps its size");
        pictures[1].Descendants().Attributes("fill").Select(fill => fill.Value).Should().Contain(["var(--primary)", "var(--accent)", "var(--text)"]);
    }

    [Fact]
    public async Task Sections_None_LeaveTheReportAsItIs()
    {
        SearchResult result = await Result();
        string before = result.ToReport(Plain);
        result.ToReport(Plain with { Sections = default }).Should().Be(before);
        XElement page = Read(before);
        page.Descendants("style").Single().Value.Should().Be(
            File.ReadAllText(Repository.PathOf("src", "RankNas.Plotting", "Reports", "report.css")).ReplaceLineEndings("\n"), "what sections need besides is not in it");

        XElement with = Read(result.ToReport(Plain with { Sections = [Training] }));
        with.Descendants("section").Where(part => part.Attribute("class")?.Value == "added").Remove();
        foreach (XElement own in (XElement[])[page, with])
        {
            own.Descendants("style").Remove();
            own.Descendants("meta").Where(meta => meta.Attribute("http-equiv") is not null).Remove();
        }

        with.ToString().Should().Be(page.ToString());
    }

    [Fact]
    public async Task Sections_Policy_AllowsTheLongerStyle()
    {
        XElement page = Read((await Result()).ToReport(Plain with { Sections = [Training] }));
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(page.Descendants("style").Single().Value)));
        page.Descendants("meta").Single(meta => meta.Attribute("http-equiv") is not null).Attribute("content")!.Value.Should().Contain($"style-src 'sha256-{hash}'");
        page.DescendantsAndSelf().Attributes("style").Should().BeEmpty("the policy forbids it");
    }

    [Fact]
    public void Table_CellsThatDoNotFitTheHeaders_SaysWhichRow()
    {
        FluentActions.Invoking(() => new ReportTable(["a", "b"], [["1", "2"], ["1"]])).Should().Throw<ArgumentException>()
            .WithMessage("Row 2 has 1 cells, and there are 2 headers: give a cell for each header.*");
        FluentActions.Invoking(() => new ReportTable([], [])).Should().Throw<ArgumentException>().WithMessage("There is no header: give one for each column.*");
    }

    private static Task<SearchResult> Result() => ExampleResults.Topology(5, (place, _) => Score.Of(place), "a");

    private static XElement Read(string report)
    {
        using var reader = XmlReader.Create(new StringReader(report), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, IgnoreWhitespace = true });
        return XDocument.Load(reader).Root!;
    }
}
