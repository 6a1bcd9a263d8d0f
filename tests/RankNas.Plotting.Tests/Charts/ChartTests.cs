using System.Xml.Linq;
using CsCheck;
using RankNas.Plotting.Charts;
using RankNas.Plotting.Tests.Support;
using RankNas.Proxies;
using RankNas.SearchSpaces;

namespace RankNas.Plotting.Tests.Charts;

public class ChartTests
{
    private static readonly double[] Few = [1, 2, 2, 3];

    [Fact]
    public void Histogram_AnyFiniteValues_CountsEachOnce() =>
        Gen.Double[-1e6, 1e6].Array[1, 200].Sample(values =>
        {
            var columns = (ChartLayer.Columns)Chart.Histogram(values, "x").Plan.Layers.Single();
            columns.Marks.Sum(column => column.Height).Should().Be(values.Length);
            columns.Marks[0].Left.Should().BeLessThanOrEqualTo(values.Min());
            columns.Marks[^1].Right.Should().BeApproximately(Math.Max(values.Max(), columns.Marks[^1].Right), 1e-6);
        });

    [Fact]
    public void Plot_NothingFinite_SaysWhatIsMissing()
    {
        foreach (Chart chart in (Chart[])[Chart.Histogram([double.NaN, double.PositiveInfinity], "naswot"), Chart.Histogram([], "naswot"), Chart.Scatter([(1, double.NaN)], "x", "naswot")])
        {
            foreach (int width in new[] { 200, 320, 800 })
            {
                string[] texts = Pictures.Texts(Pictures.Read(chart.WithSize(width, 200).ToSvg()));
                string.Join(' ', texts).Should().Contain("Nothing to plot: no architecture has a finite value of ").And.Contain("naswot.");
                Pictures.SizeOf(chart.WithSize(width, 200).ToPng()).Should().Be((width, 200));
            }
        }
    }

    [Theory]
    [InlineData(200)]
    [InlineData(320)]
    [InlineData(400)]
    [InlineData(800)]
    public void ToSvg_Legend_IsInOneLineWithoutOverlap(int width)
    {
        XElement svg = Pictures.Read(new Chart(ChartPlans.Progress([3, 1, 2], ScoreDirection.HigherIsBetter, "naswot", winner: 0)).WithSize(width, 240).ToSvg());
        (double X, double Y, double Width)[] labels = [.. svg.Descendants(Pictures.Svg + "text").Where(text => text.Value is "each architecture" or "each" or "best so far" or "winner")
            .Select(text => (Pictures.PlaceOf(text).X, Pictures.PlaceOf(text).Y, text.Value.Length * 5.0)).OrderBy(label => label.Item1)];
        labels.Should().HaveCount(width < 300 ? 0 : 3);
        labels.Select(label => label.Y).Distinct().Should().HaveCountLessThanOrEqualTo(1);
        labels.Zip(labels.Skip(1)).All(pair => pair.First.X + pair.First.Width < pair.Second.X).Should().BeTrue();
    }

    [Fact]
    public void ToSvg_LongLabelsInASmallPlot_KeepWhichEndIsBetter()
    {
        var axis = new ChartAxis("a proxy with a name that is longer than any axis", Better: ScoreDirection.LowerIsBetter);
        string[] texts = Pictures.Texts(Pictures.Read(new Chart(ChartPlans.Scatter([new(1, 2), new(2, 3)], axis, axis, new(1, 2))).WithSize(320, 240).ToSvg()));
        texts.Count(text => text == "(lower is better)").Should().Be(2);
        texts.Where(text => text.StartsWith("a proxy", StringComparison.Ordinal)).Should().HaveCount(3).And.OnlyContain(text => text.EndsWith('…'));
    }

    [Fact]
    public void Save_AFolderThatIsNotThere_SaysSo_AndAFileThatIsThereIsReplaced()
    {
        using var folder = new TempFolder();
        Chart chart = Chart.Histogram(Few, "x");
        FluentActions.Invoking(() => chart.SavePng(Path.Combine(folder.Path, "none", "x.png"))).Should().Throw<DirectoryNotFoundException>();
        File.WriteAllText(folder.File("x.svg"), "old");
        chart.SaveSvg(folder.File("x.svg"));
        File.ReadAllText(folder.File("x.svg")).Should().Be(chart.ToSvg());
        Directory.GetFileSystemEntries(folder.Path).Should().ContainSingle();
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("fa-IR")]
    [InlineData("sv-SE")]
    public void ToSvg_AnyCulture_IsTheSame(string culture)
    {
        string Draw() => Chart.Scatter([(-1.5, 1234567.25), (0.00025, -3)], "x", "y").ToSvg() + new NatsSizeSpace().DrawNetwork(new NatsSizeSpace().Parse("8:16:24:32:64")).ToSvg();
        Cultures.In(culture, Draw).Should().Be(Cultures.In("", Draw));
    }

    [Fact]
    public void Scatter_PairsThatAreNotFinite_AreLeftOutAndCounted()
    {
        Chart chart = Chart.Scatter([(1, 2), (double.NaN, 1), (3, double.NegativeInfinity), (4, 5)], "x", "y");
        ((ChartLayer.Points)chart.Plan.Layers.Single()).Marks.Should().Equal(new ChartPoint(1, 2), new ChartPoint(4, 5));
        Pictures.Texts(Pictures.Read(chart.ToSvg())).Should().Contain("(2 of 4 have no finite value here and are left out)");
    }

    [Theory]
    [InlineData(new double[] { 0 })]
    [InlineData(new double[] { -5, -5 })]
    [InlineData(new[] { 1e308, -1e308, 3 })]
    [InlineData(new[] { 1e-300, 2e-300 })]
    [InlineData(new[] { 1e140, -1e140 })]
    [InlineData(new[] { 1, 1.0000000000000002 })]
    public void ToSvgAndToPng_ExtremeValues_AreDrawn(double[] values)
    {
        foreach (Chart chart in (Chart[])[Chart.Histogram(values, "x"), Chart.Scatter(values.Select(value => (value, value)), "x", "y")])
        {
            Pictures.Read(chart.ToSvg()).ToString().Should().NotContain("NaN").And.NotContain("Infinity");
            Pictures.SizeOf(chart.ToPng()).Should().Be((800, 500));
        }
    }

    [Fact]
    public void ToSvg_HostileTexts_AreEscaped()
    {
        XElement svg = Pictures.Read(Chart.Scatter([(1, 2)], ExampleResults.HostileId, "y").WithTitle("</title><script>alert(1)</script>").ToSvg());
        svg.Elements().First().Value.Should().Be("</title><script>alert(1)</script>");
        Pictures.Texts(svg).Should().Contain("a</text><script>alert('proxy')</script>&\"<\uFFFD]]>");
    }

    [Fact]
    public void ToSvg_WithTheme_HasItsColoursAndNoOther()
    {
        string dark = Chart.Histogram(Few, "x").WithTheme(PictureTheme.Dark).ToSvg().ToLowerInvariant();
        dark.Should().Contain(PictureTheme.Dark.Background).And.Contain(PictureTheme.Dark.Text).And.Contain(PictureTheme.Dark.Primary)
            .And.NotContain(PictureTheme.Light.Text).And.NotContain("\"white\"").And.NotContain("\"black\"");
    }

    [Fact]
    public void ToPng_ManyAtOnce_AreTheSame()
    {
        Chart chart = Chart.Histogram(Few, "x").WithSize(300, 200);
        byte[] first = chart.ToPng();
        Pictures.SizeOf(first).Should().Be((300, 200));
        Parallel.For(0, 8, _ => chart.ToPng().Should().Equal(first));
    }

    [Fact]
    public void With_Anything_LeavesTheFirstAsItWas()
    {
        Chart chart = Chart.Histogram(Few, "x");
        Chart other = chart.WithTheme(PictureTheme.Dark).WithSize(400, 300).WithTitle("t");
        (chart.Theme, chart.Width, chart.Height, chart.Title).Should().Be((PictureTheme.Light, 800, 500, "Distribution of x"));
        (other.Theme, other.Width, other.Height, other.Title).Should().Be((PictureTheme.Dark, 400, 300, "t"));
    }

    [Theory]
    [InlineData(199, 300)]
    [InlineData(300, 8001)]
    [InlineData(int.MaxValue, 300)]
    [InlineData(300, -1)]
    public void WithSize_OutOfRange_SaysTheRange(int width, int height) =>
        FluentActions.Invoking(() => Chart.Histogram(Few, "x").WithSize(width, height)).Should().Throw<ArgumentOutOfRangeException>()
            .Which.Message.Should().Contain("from 200 to 8000 pixels").And.NotContain("\n");

    [Fact]
    public void ToSvg_ManyPoints_IsSmall()
    {
        Chart cloud = Chart.Scatter(Enumerable.Range(0, 20_000).Select(place => ((double)(place % 199), (double)(place % 211))), "x", "y");
        cloud.ToSvg().Length.Should().BeLessThan(400_000);
    }

    [Theory]
    [InlineData("τ 3×3 ≥ −1 – naïve")]
    [InlineData("結果")]
    [InlineData("")]
    public void ToPng_AnyLetters_IsDrawn(string title) =>
        Pictures.SizeOf(Chart.Histogram(Few, "x").WithTitle(title).ToPng()).Should().Be((800, 500));

    [Fact]
    public void TheFont_IsTheEmbeddedOne_SoThatAMachineWithoutFontsHasText() => PlotFont.For("τ 3×3 rank").Should().Be("RankNas Noto Sans");

    [Theory]
    [InlineData("red")]
    [InlineData("#12345")]
    [InlineData("#12345g")]
    public void Theme_NoColour_SaysHowOneIsWritten(string color) =>
        FluentActions.Invoking(() => new PictureTheme { Accent = color }).Should().Throw<ArgumentException>().WithMessage("*#rrggbb*");
}
