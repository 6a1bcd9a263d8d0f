using System.Collections.Immutable;
using System.Xml.Linq;
using Microsoft.DotNet.Interactive.Formatting;
using RankNas.Graphs;
using RankNas.Plotting;
using RankNas.Plotting.Tests.Support;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.SearchSpaces;

namespace RankNas.Interactive.Tests.Views;

/// <summary>What a kernel is given to show: by its own formatting library, as in a notebook. What is registered is of the whole process.</summary>
[Collection(nameof(NotebookFormatters))]
public class NotebookFormattersTests
{
    public NotebookFormattersTests() => NotebookFormatters.Register();

    [Fact]
    public async Task AResult_IsATableOfTheBest_AndTextWhereNoHtmlIsShown()
    {
        SearchResult result = await ExampleResults.Topology(12, (place, _) => Score.Of(place), "a", "b");
        FormattedValue[] shown = Shown(result);
        shown.Select(value => value.MimeType).Should().Equal("text/html", "text/plain");
        shown[1].Value.Should().Be(result.ToText(10));

        XElement html = Page(shown[0].Value);
        Rows(html)[0].Should().Equal("#", "architecture", "rank sum", "a", "b", "parameters", "MACs");
        Rows(html).Should().HaveCount(11);
        Rows(html)[1].Should().Equal("1", result.Best.Architecture.Text, "2", "11rank 1", "11rank 1", $"{result.CostOf(result.Best).Parameters:N0}", $"{result.CostOf(result.Best).Macs:N0}");
        html.Value.Should().Contain("The best 10 of 12 architectures of nats-tss, by rank sum; searched by take-first, seed ");
    }

    [Fact]
    public async Task Top_SaysHowManyAreInTheTable()
    {
        SearchResult result = await ExampleResults.Topology(12, (place, _) => Score.Of(place), "a");
        NotebookFormatters.Register(new NotebookOptions { Top = 3 });
        Rows(Page(Shown(result)[0].Value)).Should().HaveCount(4);
        NotebookFormatters.Register();
        Rows(Page(Shown(result)[0].Value)).Should().HaveCount(11);
        FluentActions.Invoking(() => new NotebookOptions { Top = 0 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Top is 0: show at least 1 architecture.*");
    }

    [Fact]
    public async Task HostileNames_AreTextAndNothingElse()
    {
        SearchResult result = await ExampleResults.Hostile();
        ScoredArchitecture failed = result.History.Single(scored => scored.Scores[0].Kind == ScoreKind.Failed);
        foreach (object shown in new object[]
        {
            result, result.History, failed, result.PlotProgress(), result.PlotProxies(ExampleResults.HostileId, ExampleResults.HostileId), result.DrawNetwork(result.Best), result.DrawCell(result.Best),
            new SearchProgress(1, 2, 0, 1, TimeSpan.FromSeconds(1), failed),
        })
        {
            string html = Shown(shown)[0].Value;
            html.Should().NotContain("<script", "of {0}", shown.GetType());
            Page(html).Descendants().Should().NotContain(element => element.Name.LocalName == "script")
                .And.NotContain(element => element.Attributes().Any(attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
        }

        Page(Shown(result)[0].Value).Value.Should().Contain("<script>alert(\"x\")</script>");
        Page(Shown(failed)[0].Value).Value.Should().Contain("</p><script>alert('failure')</script>");
    }

    [Fact]
    public async Task Notices_ComeBeforeTheTable_AndAFailedScoreHasItsReasonAtHand()
    {
        SearchResult result = await ExampleResults.Topology(3, (place, _) => place == 0 ? Score.Failed("It would not.") : Score.Of(place), "a");
        result = result with { Notices = [new SearchNotice("test", "Take care & look.")] };
        XElement html = Page(Shown(result)[0].Value);
        html.Descendants("div").Single(division => (string?)division.Attribute("class") == "notices").Value.Should().Be("Take care & look.");
        html.Descendants("span").Single().Should().HaveAttribute("title", "It would not.").And.HaveValue("failed");
    }

    [Fact]
    public async Task AResultOfNothing_SaysSo()
    {
        FormattedValue[] shown = Shown(await ExampleResults.Empty());
        Page(shown[0].Value).Value.Should().Contain("Nothing of nats-tss was scored before the search ended.");
        shown[1].Value.Should().Be("0 architectures of nats-tss");
    }

    [Fact]
    public async Task AResultWithoutItsSpace_HasNoCosts()
    {
        SearchResult result = SearchResult.FromJson((await ExampleResults.Topology(2, (place, _) => Score.Of(place), "a")).ToJson());
        Rows(Page(Shown(result)[0].Value))[0].Should().Equal("#", "architecture", "rank sum", "a");
    }

    [Fact]
    public async Task Architectures_AreATable_AndOneIsItsScores()
    {
        SearchResult result = await ExampleResults.Topology(3, (place, proxy) => place == 0 && proxy == "b" ? Score.Failed("It would not.") : Score.Of(place), "a", "b");
        Rows(Page(Shown(result.Ranked)[0].Value))[0].Should().Equal("#", "architecture", "total", "a", "b");
        Page(Shown(result.Ranked)[0].Value).Value.Should().Contain("3 architectures.");
        Page(Shown(ImmutableArray<ScoredArchitecture>.Empty)[0].Value).Value.Should().Contain("0 architectures.");

        XElement one = Page(Shown(result.History[0])[0].Value);
        Rows(one).Should().BeEquivalentTo(new string[][] { ["proxy", "score", "rank", "why it failed"], ["a", "0", "3", ""], ["b", "failed", "3", "It would not."] });
        Rows(Page(Shown(result.History[1])[0].Value))[0].Should().Equal("proxy", "score", "rank");
    }

    [Fact]
    public async Task Objectives_HaveColumns()
    {
        SearchResult result = await ExampleResults.WithObjectives([3, 1], Objectives.Macs);
        Rows(Page(Shown(result)[0].Value))[0].Should().Equal("#", "architecture", "rank sum", "a", result.Objectives[0].Id, "parameters", "MACs");
    }

    [Fact]
    public async Task Architectures_ByDifferentProxies_HaveNoScoreColumns()
    {
        SearchResult one = await ExampleResults.Topology(1, (_, _) => Score.Of(1), "a");
        SearchResult other = await ExampleResults.Topology(1, (_, _) => Score.Of(1), "b");
        Rows(Page(Shown(one.History.AddRange(other.History))[0].Value))[0].Should().Equal("#", "architecture", "total");
    }

    [Fact]
    public void APicture_IsInlineInTheColoursOfThePage_AndTheSameEveryTime()
    {
        var chart = Chart.Histogram([1, 2, 2, 3], "scores");
        string html = Shown(chart)[0].Value;
        XElement page = Page(html);
        page.Descendants("svg").Should().ContainSingle();
        page.Descendants("figcaption").Single().Value.Should().Be(chart.Title);
        html.Should().Contain("var(--primary)").And.Be(Shown(Chart.Histogram([1, 2, 2, 3], "scores"))[0].Value);
        Shown(chart)[1].Value.Should().Be(chart.Title);
    }

    [Fact]
    public void TwoPicturesOnAPage_ShareNoNames()
    {
        string[] names = [.. new[] { Chart.Histogram([1, 2, 2, 3], "a"), Chart.Histogram([1, 2, 2, 4], "b") }
            .SelectMany(chart => Page(Shown(chart)[0].Value).Descendants().Attributes("id").Select(id => id.Value))];
        names.Should().NotBeEmpty().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void APictureOfAThemeOfItsOwn_KeepsItsColours()
    {
        string html = Shown(Chart.Histogram([1, 2], "a").WithTheme(PictureTheme.Dark))[0].Value;
        Page(html).Attribute("style")!.Value.Should().Contain("--background:#0d1117").And.Contain("--primary:#58a6ff");
        Page(Shown(Chart.Histogram([1, 2], "a"))[0].Value).Attribute("style").Should().BeNull();
    }

    [Fact]
    public void AChartOfNothing_SaysSo() =>
        Page(Shown(Chart.Histogram([], "a"))[0].Value).Descendants("svg").Should().BeEmpty();

    [Fact]
    public void ANetwork_IsItsCellAndTheWhole()
    {
        var space = new NatsTopologySpace();
        XElement page = Page(Shown(space.Describe(space.FromIndex(0), new NetworkShape()))[0].Value);
        page.Descendants("svg").Should().HaveCount(2);
        page.Descendants("figcaption").Select(caption => caption.Value).Should().Equal("Cell", "Network");
    }

    [Fact]
    public async Task Progress_IsABarOfItsShare_AndASentence()
    {
        ScoredArchitecture latest = (await ExampleResults.Topology(1, (_, _) => Score.Of(1), "a")).Best;
        XElement page = Page(Shown(new SearchProgress(5, 20, 0, 0, TimeSpan.FromSeconds(10), latest))[0].Value);
        BarOf(page).Should().Be("width:25%");
        page.Value.Should().Contain("5 of 20 architectures scored in 0:00:10. About 0:00:30 left.").And.Contain(latest.Architecture.Text);

        BarOf(Page(Shown(new SearchProgress(5, 20, 0, 0, TimeSpan.FromSeconds(10), latest) { TimeLimit = TimeSpan.FromSeconds(20) })[0].Value)).Should().Be("width:50%");
        Page(Shown(new SearchProgress(20, 20, 0, 0, TimeSpan.FromSeconds(10), latest))[0].Value).Value.Should().NotContain(" left.").And.NotContain("Scored last");
    }

    private static string BarOf(XElement page) => page.Descendants("div").Single(division => (string?)division.Attribute("class") == "bar").Element("div")!.Attribute("style")!.Value;

    private static FormattedValue[] Shown(object value) => [.. FormattedValue.CreateManyFromObject(value)];

    // What is not well-formed does not parse: nothing that is filled in can open or close an element.
    private static XElement Page(string html)
    {
        XElement page = XElement.Parse(html);
        page.Name.Should().Be((XName)"div");
        page.Attribute("class")!.Value.Should().Be("ranknas");
        page.Element("style")!.Value.Should().Contain("[data-jp-theme-light=\"false\"] .ranknas");
        return page;
    }

    private static string[][] Rows(XElement page) => [.. page.Descendants("tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray())];
}
