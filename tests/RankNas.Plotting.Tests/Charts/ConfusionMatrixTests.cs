using System.Globalization;
using System.Xml.Linq;
using RankNas.Plotting.Tests.Support;

namespace RankNas.Plotting.Tests.Charts;

public class ConfusionMatrixTests
{
    private static readonly string[] Pets = ["cat", "dog", "bird"];

    private static readonly int[,] Counts = { { 80, 15, 5 }, { 101, 303, 1 }, { 0, 0, 0 } };

    [Fact]
    public void ConfusionMatrix_RowsAreTrueClasses_FromTheTop_AndColumnsPredictedOnes_FromTheLeft()
    {
        XElement svg = Pictures.Read(Chart.ConfusionMatrix(Pets, Counts).ToSvg());
        (double X, double Y) Place(string text) => Pictures.PlaceOf(svg.Descendants(Pictures.Svg + "text").Single(element => element.Value == text));
        Place("80").Y.Should().Be(Place("15").Y).And.BeLessThan(Place("101").Y);
        Place("80").X.Should().Be(Place("101").X).And.BeLessThan(Place("15").X);
        Place("303").Should().Be((Place("15").X, Place("101").Y));
        (double X, double Y)[] cats = [.. svg.Descendants(Pictures.Svg + "text").Where(element => element.Value == "cat").Select(Pictures.PlaceOf)];
        cats.Should().HaveCount(2);
        (double X, double Y) first = Place("80");
        cats.Should().ContainSingle(cat => Math.Abs(cat.Y - first.Y) < 8, "the name of the first row is beside it");
        cats.Should().ContainSingle(cat => Math.Abs(cat.X - first.X) < 8, "and of the first column below it");
        Pictures.Texts(svg).Should().Contain(["true class", "predicted class", "(383 of 505 right, 75.84\u00a0%; colour: share of row)"]);
    }

    [Fact]
    public void ConfusionMatrix_Colours_GoByTheShareOfTheRow()
    {
        XElement[] right = Filled(Chart.ConfusionMatrix(Pets, Counts), PictureTheme.Light.Primary), wrong = Filled(Chart.ConfusionMatrix(Pets, Counts), PictureTheme.Light.Accent);
        right.Should().HaveCount(2, "80 of 100 is more than 303 of 405, and an empty row has no colour");
        wrong.Should().HaveCount(3, "of 15 and 5 of 100 and 101 of 405; 1 of 405 is as faint as 5 of 100");
        right.Concat(wrong).Select(Opacity).Should().OnlyContain(opacity => opacity > 0.08 && opacity <= 0.5);
        Filled(Chart.ConfusionMatrix(["a", "b"], new[,] { { 1, 0 }, { 0, 9999 } }), PictureTheme.Light.Primary).Select(Opacity).Should().ContainSingle()
            .Which.Should().BeApproximately(0.5, 0.01, "all of a row is as strong in any row");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(100)]
    public void ConfusionMatrix_OwnSize_HasEveryNameOfRowsAndColumns_AndCountsUpToTwenty(int classes)
    {
        Chart chart = Chart.ConfusionMatrix(Enumerable.Range(0, classes).Select(place => $"{place} класс с длинным именем"), Diagonal(classes, 1234));
        XElement svg = Pictures.Read(chart.ToSvg());
        string[] names = [.. Pictures.Texts(svg).Where(text => text.EndsWith('…'))];
        names.Should().HaveCount(2 * classes).And.OnlyContain(name => name.Length == 16);
        Pictures.Texts(svg).Count(text => text == "1234").Should().Be(classes <= 20 ? classes : 0);
        Pictures.Texts(svg).Count(text => text == "0").Should().Be(classes <= 20 ? classes * (classes - 1) : 0);
        Pictures.SizeOf(chart.ToPng()).Should().Be((chart.Width, chart.Height));
        svg.ToString().Length.Should().BeLessThan(200_000);
    }

    [Fact]
    public void ConfusionMatrix_Names_DoNotLieOnEachOther()
    {
        foreach (int side in new[] { 200, 400, 1500 })
        {
            XElement svg = Pictures.Read(Chart.ConfusionMatrix(Enumerable.Range(0, 100).Select(place => $"c{place}"), Diagonal(100, 1)).WithSize(side, side).ToSvg());
            XElement[] names = [.. svg.Descendants(Pictures.Svg + "text").Where(text => text.Value.StartsWith('c') && char.IsAsciiDigit(text.Value[^1]))];
            foreach (double[] places in (double[][])[[.. names.Where(IsLevel).Select(name => Pictures.PlaceOf(name).Y).Order()], [.. names.Where(name => !IsLevel(name)).Select(Across).Order()]])
            {
                places.Should().HaveCountGreaterThan(2);
                places.Zip(places.Skip(1)).Should().OnlyContain(pair => pair.Second - pair.First >= 9);
            }
        }
    }

    [Fact]
    public void ConfusionMatrix_TooSmallForCounts_HasNone()
    {
        Chart chart = Chart.ConfusionMatrix(Enumerable.Range(0, 20).Select(place => $"c{place}"), Diagonal(20, 12345));
        Pictures.Texts(Pictures.Read(chart.ToSvg())).Count(text => text == "12345").Should().Be(20);
        Pictures.Texts(Pictures.Read(chart.WithSize(250, 250).ToSvg())).Should().NotContain("12345");
        Pictures.Texts(Pictures.Read(Chart.ConfusionMatrix(["a", "b"], Diagonal(2, 1_234_567)).ToSvg())).Should().Contain("1.2M");
        Pictures.Texts(Pictures.Read(Chart.ConfusionMatrix(["a", "b"], Diagonal(2, 123_456)).ToSvg())).Should().Contain("123k");
    }

    [Fact]
    public void ConfusionMatrix_NothingCounted_SaysSo() =>
        Chart.ConfusionMatrix(Pets, new int[3, 3]).Plan.Nothing.Should().Be("Nothing to plot: every count is 0.");

    [Fact]
    public void ConfusionMatrix_BadInput_SaysWhatToDo()
    {
        FluentActions.Invoking(() => Chart.ConfusionMatrix([], new int[0, 0])).Should().Throw<ArgumentException>().WithMessage("There is no class: give the names*");
        FluentActions.Invoking(() => Chart.ConfusionMatrix(Pets, new int[2, 3])).Should().Throw<ArgumentException>().WithMessage("The counts are 2×3, and there are 3 class names: give*");
        FluentActions.Invoking(() => Chart.ConfusionMatrix(["a"], new[,] { { -1 } })).Should().Throw<ArgumentException>().WithMessage("A count is negative: give*");
    }

    [Fact]
    public void ConfusionMatrix_InTheDark_HasItsColoursAndNoOther()
    {
        string dark = Chart.ConfusionMatrix(Pets, Counts).WithTheme(PictureTheme.Dark).ToSvg().ToLowerInvariant();
        dark.Should().Contain(PictureTheme.Dark.Primary).And.Contain(PictureTheme.Dark.Accent).And.Contain(PictureTheme.Dark.Text)
            .And.NotContain(PictureTheme.Light.Text).And.NotContain(PictureTheme.Light.Primary).And.NotContain("\"white\"").And.NotContain("\"black\"");
    }

    [Fact]
    public void ConfusionMatrix_HostileNames_AreEscaped() =>
        Pictures.Texts(Pictures.Read(Chart.ConfusionMatrix(["<b>\uFFFE&", "]]>"], new[,] { { 1, 2 }, { 3, 4 } }).ToSvg())).Should().Contain(["<b>\uFFFD&", "]]>"]);

    private static bool IsLevel(XElement text) => text.Attribute("transform")!.Value.StartsWith("translate(", StringComparison.Ordinal);

    // matrix(0 -1 1 0 x y): a text that goes up.
    private static double Across(XElement text) => double.Parse(text.Attribute("transform")!.Value.Split('(', ')', ' ')[5], CultureInfo.InvariantCulture);

    private static int[,] Diagonal(int classes, int count)
    {
        int[,] counts = new int[classes, classes];
        for (int place = 0; place < classes; place++)
        {
            counts[place, place] = count;
        }

        return counts;
    }

    private static XElement[] Filled(Chart chart, string color) => [.. Pictures.Read(chart.ToSvg()).Descendants(Pictures.Svg + "path")
        .Where(path => path.Attribute("fill-opacity") is not null && string.Equals(path.Attribute("fill")!.Value, color, StringComparison.OrdinalIgnoreCase))];

    private static double Opacity(XElement path) => double.Parse(path.Attribute("fill-opacity")!.Value, CultureInfo.InvariantCulture);
}
