using System.Xml.Linq;
using RankNas.Plotting.Charts;
using RankNas.Plotting.Tests.Support;

namespace RankNas.Plotting.Tests.Charts;

public class LinesTests
{
    private static readonly double[] Few = [3, 2, 1];

    [Fact]
    public void Lines_ValuesThatAreNotFinite_AreGaps_AndCounted()
    {
        Chart chart = Chart.Lines([ChartSeries.OfEpochs("a", [3, 2, double.NaN, 1, double.PositiveInfinity, 4, 5])], "epoch", "loss");
        LineOf(chart).Pieces.Select(piece => piece.ToArray()).Should().BeEquivalentTo(
            (ChartPoint[][])[[new(1, 3), new(2, 2)], [new(4, 1)], [new(6, 4), new(7, 5)]], options => options.WithStrictOrdering());
        Pictures.Texts(Pictures.Read(chart.ToSvg())).Should().Contain("(2 of 7 have no finite value here and are left out)");
        PathsOf(chart, PictureTheme.Light.Primary).Should().HaveCount(2 + 1 + 1, "of two pieces, the dots and the legend");
    }

    [Fact]
    public void Lines_ManyPoints_HasDotsOnlyWhereThereIsNoLine()
    {
        double[] values = [.. Enumerable.Range(0, 60).Select(place => place is 40 or 42 ? double.NaN : place)];
        LineOf(Chart.Lines([ChartSeries.OfEpochs("a", values)], "epoch", "loss")).Dots.Should().Equal(new ChartPoint(42, 41));
        LineOf(Chart.Lines([ChartSeries.OfEpochs("a", Few)], "epoch", "loss")).Dots.Should().HaveCount(3);
    }

    [Fact]
    public void Lines_Eight_DifferFromEachOther_AndAreNamedInOrder()
    {
        Chart chart = Chart.Lines(Enumerable.Range(0, 8).Select(place => ChartSeries.OfEpochs($"series {place}", Few)), "epoch", "loss");
        ChartLayer.Line[] lines = [.. chart.Plan.Layers.Cast<ChartLayer.Line>()];
        lines.Select(line => (line.Color, line.Stroke)).Should().OnlyHaveUniqueItems();
        foreach (int width in new[] { 320, 800 })
        {
            XElement svg = Pictures.Read(chart.WithSize(width, 300).ToSvg());
            string[] names = [.. svg.Descendants(Pictures.Svg + "text").Where(text => text.Value.StartsWith("ser", StringComparison.Ordinal))
                .OrderBy(text => Pictures.PlaceOf(text).Y).ThenBy(text => Pictures.PlaceOf(text).X).Select(text => text.Value)];
            names.Should().HaveCount(8);
            names.Where(name => !name.EndsWith('…')).Should().Equal(Enumerable.Range(0, 8).Select(place => $"series {place}").Take(names.Count(name => !name.EndsWith('…'))));
        }

        chart.ToSvg().Should().Contain("stroke-dasharray=\"9 4\"").And.Contain("stroke-dasharray=\"2 4\"").And.Contain("stroke-dasharray=\"9 4 2 4\"");
    }

    [Fact]
    public void Lines_NamesTooLongForTheLegend_AreShortened_AndThePlotKeepsItsHeight()
    {
        Chart chart = Chart.Lines(Enumerable.Range(0, 8).Select(place => ChartSeries.OfEpochs($"прогон {place} с очень длинным именем", Few)), "epoch", "loss").WithSize(320, 240);
        (double X, double Y)[] names = [.. Pictures.Read(chart.ToSvg()).Descendants(Pictures.Svg + "text").Where(text => text.Value.EndsWith('…')).Select(Pictures.PlaceOf)];
        names.Should().HaveCount(8);
        names.Max(name => name.Y).Should().BeLessThan(130);
    }

    [Fact]
    public void Lines_Percent_WritesSharesSo()
    {
        Chart chart = Chart.Lines([ChartSeries.OfEpochs("training", [0.1, 0.55, 1])], "epoch", "accuracy", percent: true);
        chart.Title.Should().Be("accuracy by epoch");
        Pictures.Texts(Pictures.Read(chart.ToSvg())).Should().Contain(["20\u00a0%", "100\u00a0%", "accuracy", "epoch", "training"]);
        AxisNumbers.Percent(0.07).Should().Be("7\u00a0%");
    }

    [Fact]
    public void Lines_OneEpoch_IsADot_AndTheAxisCountsEpochs()
    {
        Chart chart = Chart.Lines([ChartSeries.OfEpochs("training", [0.5])], "epoch", "loss");
        Pictures.Read(chart.ToSvg()).Descendants(Pictures.Svg + "ellipse").Should().ContainSingle();
        Pictures.Texts(Pictures.Read(chart.ToSvg())).Where(text => text.StartsWith('1')).Should().Equal("1");
    }

    [Fact]
    public void Lines_NothingFinite_SaysSo()
    {
        foreach (ChartSeries series in (ChartSeries[])[ChartSeries.OfEpochs("a", [double.NaN]), new ChartSeries("a", default)])
        {
            Chart.Lines([series], "epoch", "loss").Plan.Nothing.Should().Be("Nothing to plot: no series has a finite value of loss.");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void Lines_NoneOrTooMany_SaysHowMany(int count) =>
        FluentActions.Invoking(() => Chart.Lines(Enumerable.Repeat(ChartSeries.OfEpochs("a", Few), count), "x", "y")).Should().Throw<ArgumentException>()
            .WithMessage($"There are {count} series: a chart shows from 1 to 8*");

    [Fact]
    public void Lines_InTheDark_HaveItsColoursAndNoOther()
    {
        string dark = Chart.Lines(Enumerable.Repeat(ChartSeries.OfEpochs("a", Few), 4), "x", "y").WithTheme(PictureTheme.Dark).ToSvg().ToLowerInvariant();
        dark.Should().Contain(PictureTheme.Dark.Primary).And.Contain(PictureTheme.Dark.Accent).And.Contain(PictureTheme.Dark.Secondary).And.Contain(PictureTheme.Dark.Tertiary)
            .And.NotContain(PictureTheme.Light.Text).And.NotContain("\"white\"").And.NotContain("\"black\"");
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("fa-IR")]
    public void Lines_AnyCulture_IsTheSame(string culture)
    {
        string Draw() => Chart.Lines([ChartSeries.OfEpochs("a", Few), ChartSeries.OfEpochs("b", [-0.5, 0.25, 1e-5])], "x", "y", percent: true).ToSvg();
        Cultures.In(culture, Draw).Should().Be(Cultures.In("", Draw));
    }

    [Fact]
    public void Lines_HostileAndExtreme_AreDrawn()
    {
        Chart chart = Chart.Lines([new ChartSeries(ExampleResults.HostileId, [(0.5, 1e140), (1, -1e140), (double.NaN, 1)])], "</text><script>", "y");
        Pictures.Read(chart.ToSvg()).ToString().Should().NotContain("NaN").And.NotContain("Infinity");
        Pictures.SizeOf(chart.ToPng()).Should().Be((800, 500));
    }

    private static ChartLayer.Line LineOf(Chart chart) => (ChartLayer.Line)chart.Plan.Layers.Single();

    private static IEnumerable<XElement> PathsOf(Chart chart, string color) => Pictures.Read(chart.ToSvg()).Descendants(Pictures.Svg + "path")
        .Where(path => string.Equals(path.Attribute("stroke")?.Value, color, StringComparison.OrdinalIgnoreCase));
}
