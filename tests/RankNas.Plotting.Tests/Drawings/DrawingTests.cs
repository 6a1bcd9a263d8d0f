using System.Xml.Linq;

namespace RankNas.Tests;

public class DrawingTests
{
    private static readonly NatsTopologySpace Topology = new();
    private static readonly NatsSizeSpace Size = new();

    private static readonly Architecture Mixed = Topology.Create(
        CellOperation.AveragePooling3x3, CellOperation.Convolution1x1, CellOperation.SkipConnect,
        CellOperation.None, CellOperation.None, CellOperation.Convolution3x3);

    [Fact]
    public void DrawCell_IsAsKept() => Snapshot.ShouldMatch(Topology.DrawCell(Mixed).ToSvg(), "cell.svg");

    [Fact]
    public void DrawCell_OfTheSizeSpace_IsAsKept() => Snapshot.ShouldMatch(Size.DrawCell(Size.Parse("8:16:24:32:64")).ToSvg(), "cell-size.svg");

    [Fact]
    public void DrawNetwork_IsAsKept() => Snapshot.ShouldMatch(Topology.DrawNetwork(Mixed).ToSvg(), "network.svg");

    [Fact]
    public void DrawNetwork_OfTheSizeSpace_InDark_IsAsKept() =>
        Snapshot.ShouldMatch(Size.DrawNetwork(Size.Parse("8:64:24:32:40")).WithTheme(PictureTheme.Dark).ToSvg(), "network-size-dark.svg");

    [Fact]
    public void DrawCell_LabelsEveryEdgeButNone()
    {
        XElement svg = Pictures.Read(Topology.DrawCell(Mixed).ToSvg());
        Pictures.Texts(svg).Should().BeEquivalentTo("in", "1", "2", "out", "avg pool 3×3", "conv 1×1", "skip", "conv 3×3");
        svg.Descendants(Pictures.Svg + "path").Count(path => path.Attribute("stroke-dasharray") is not null).Should().Be(2);
        svg.Elements().First().Value.Should().Be(
            "Cell: in to 1 avg pool 3×3, in to 2 conv 1×1, 1 to 2 skip, in to out none, 1 to out none, 2 to out conv 3×3");
    }

    [Fact]
    public void DrawNetwork_OtherSettingsAndImages_ShowsThem()
    {
        var small = new NatsTopologySpace(new NatsTopologyOptions { Channels = 4, CellsPerStage = 1 });
        string[] texts = Pictures.Texts(Pictures.Read(
            small.DrawNetwork(Mixed, new NetworkShape { Channels = 1, Height = 9, Width = 16, Classes = 1 }).ToSvg()));
        texts.Should().Contain(["1 channel", "9×16", "conv 3×3, 4", "4 channels", "4 → 8", "5×8", "8 → 16", "3×4", "1 class"]).And.NotContain("5 cells");
    }

    [Fact]
    public void DrawNetwork_OfTheSizeSpace_ShowsEveryWidth() =>
        Pictures.Texts(Pictures.Read(Size.DrawNetwork(Size.Parse("8:64:24:32:40")).ToSvg()))
            .Should().Contain(["conv 3×3, 8", "8 channels", "8 → 64", "64 → 24", "24 → 32", "32 → 40"]);

    [Fact]
    public void Draw_EveryArchitectureOfASample_StaysInItsFrame()
    {
        var random = new Random(1);
        for (int draw = 0; draw < 20; draw++)
        {
            foreach (Drawing drawing in (Drawing[])[Topology.DrawCell(Topology.Sample(random)), Topology.DrawNetwork(Topology.Sample(random)), Size.DrawNetwork(Size.Sample(random))])
            {
                XElement svg = Pictures.Read(drawing.ToSvg());
                foreach (XElement box in svg.Descendants(Pictures.Svg + "rect"))
                {
                    Number(box, "x").Should().BeGreaterThanOrEqualTo(0);
                    Number(box, "y").Should().BeGreaterThanOrEqualTo(0);
                    (Number(box, "x") + Number(box, "width")).Should().BeLessThanOrEqualTo(Number(svg, "width"));
                    (Number(box, "y") + Number(box, "height")).Should().BeLessThanOrEqualTo(Number(svg, "height"));
                }
            }
        }
    }

    [Fact]
    public void Draw_AnotherSpace_NamesThoseThatCanBeDrawn()
    {
        var space = new HostileSpace();
        FluentActions.Invoking(() => space.DrawCell(space.FromIndex(0))).Should().Throw<ArgumentException>().WithMessage("There are no drawings of the space *, only of nats-tss and nats-sss: what its architectures mean is not known*")
            .Which.Message.Should().NotContain("\n");
        FluentActions.Invoking(() => space.DrawNetwork(space.FromIndex(0))).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void SaveSvg_WritesTheDocument()
    {
        using var folder = new TempFolder();
        Drawing drawing = Topology.DrawCell(Mixed);
        drawing.SaveSvg(folder.File("cell.svg"));
        File.ReadAllText(folder.File("cell.svg")).Should().Be(drawing.ToSvg());
    }

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, System.Globalization.CultureInfo.InvariantCulture);
}
