using System.Xml.Linq;
using CsCheck;
using RankNas.Graphs;
using RankNas.Plotting.Tests.Support;
using RankNas.SearchSpaces;

namespace RankNas.Plotting.Tests.Drawings;

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
    public void DrawCell_OfABlockWithoutEdges_IsAsKept() => Snapshot.ShouldMatch(Mobile.DrawCell().ToSvg(), "block-mobile.svg");

    [Fact]
    public void DrawCell_OfATransformersBlock_IsAsKept() => Snapshot.ShouldMatch(Transformer.DrawCell().ToSvg(), "block-transformer.svg");

    [Fact]
    public void DrawCell_OfSevenNodes_IsAsKept() => Snapshot.ShouldMatch(Dense(7).DrawCell().ToSvg(), "cell-seven.svg");

    [Fact]
    public void DrawNetwork_OfBlocksThatDiffer_IsAsKept() => Snapshot.ShouldMatch(Mobile.DrawNetwork().ToSvg(), "network-mobile.svg");

    [Fact]
    public void DrawNetwork_OfATransformer_IsAsKept() => Snapshot.ShouldMatch(Transformer.DrawNetwork().ToSvg(), "network-transformer.svg");

    [Fact]
    public void DrawNetwork_WithoutBlocks_IsAsKept() => Snapshot.ShouldMatch(Plain.DrawNetwork().ToSvg(), "network-plain.svg");

    [Fact]
    public void DrawCell_LabelsEveryEdgeButNone()
    {
        XElement svg = Pictures.Read(Topology.DrawCell(Mixed).ToSvg());
        Pictures.Texts(svg).Should().BeEquivalentTo("in", "1", "2", "out", "avg pool 3×3", "nor conv 1×1", "skip connect", "nor conv 3×3");
        svg.Descendants(Pictures.Svg + "path").Count(path => path.Attribute("stroke-dasharray") is not null).Should().Be(2);
        svg.Elements().First().Value.Should().Be(
            "Cell: in to 1 avg pool 3×3, in to 2 nor conv 1×1, 1 to 2 skip connect, in to out none, 1 to out none, 2 to out nor conv 3×3");
    }

    [Fact]
    public void DrawNetwork_OtherSettingsAndImages_ShowsThem()
    {
        var small = new NatsTopologySpace(new NatsTopologyOptions { Channels = 4, CellsPerStage = 1 });
        string[] texts = Pictures.Texts(Pictures.Read(
            small.DrawNetwork(Mixed, new NetworkShape { Channels = 1, Height = 9, Width = 16, Classes = 1 }).ToSvg()));
        texts.Should().Contain(["1×9×16", "stem", "1 → 4", "4×9×16", "4 channels", "4 → 8", "8×5×8", "8 → 16", "16×3×4", "linear", "1"]).And.NotContain(text => text.Contains('×') && text.EndsWith("cell"));
    }

    [Fact]
    public void DrawNetwork_OfTheSizeSpace_ShowsEveryWidth() =>
        Pictures.Texts(Pictures.Read(Size.DrawNetwork(Size.Parse("8:64:24:32:40")).ToSvg()))
            .Should().Contain(["3 → 8", "8 channels", "8 → 64", "64 → 24", "24 → 32", "32 → 40"]);

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
    public void Draw_ASpaceThatBuildsModules_SaysWhatToDo()
    {
        var space = new ModuleSpace();
        FluentActions.Invoking(() => space.DrawCell(space.FromIndex(0))).Should().Throw<NotSupportedException>().WithMessage("The space 'modules' builds modules and has no graphs: override Describe*");
    }

    [Fact]
    public void DrawBlock_NoSuchBlock_NamesThoseThatThereAre() => FluentActions.Invoking(() => Transformer.DrawBlock("cells.0"))
        .Should().Throw<ArgumentException>().WithMessage("The network has no block 'cells.0', only layers.0, layers.1, layers.2.*");

    [Fact]
    public void DrawBlock_WithoutEdges_DrawsItsOperations()
    {
        string[] texts = Pictures.Texts(Pictures.Read(Topology.Describe(Mixed, new NetworkShape()).DrawBlock("cells.5").ToSvg()));
        texts.Should().Contain(["input", "16×32×32", "avg pool 2×2", "conv 1×1", "add", "32×16×16"]);
    }

    [Fact]
    public void DrawNetwork_BlocksThatAreAlike_AreDrawnTogether()
    {
        XElement svg = Pictures.Read(Topology.DrawNetwork(Mixed).ToSvg());
        Pictures.Texts(svg).Count(text => text == "5 × cell").Should().Be(3);
        NetworkGraph graph = Topology.Describe(Mixed, new NetworkShape());
        graph.Nodes.Sum(node => graph.CostOf(node).Macs).Should().Be(graph.Cost.Macs);
    }

    [Fact]
    public void Draw_AnyGraph_StaysInItsFrame_AndNoTextsOverlap() => RandomGraphs.All.Sample(
        graph =>
        {
            foreach (Drawing drawing in (Drawing[])[graph.DrawCell(), graph.DrawNetwork(), .. graph.Blocks.Select(block => graph.DrawBlock(block.Name))])
            {
                ShouldFit(Pictures.Read(drawing.ToSvg()));
            }
        },
        iter: 200,
        threads: 1);

    [Fact]
    public void Draw_Examples_StayInTheirFrames_AndNoTextsOverlap()
    {
        foreach (NetworkGraph graph in (NetworkGraph[])[Mobile, Transformer, Plain, Dense(4), Dense(7), Topology.Describe(Mixed, new NetworkShape())])
        {
            ShouldFit(Pictures.Read(graph.DrawCell().ToSvg()));
            ShouldFit(Pictures.Read(graph.DrawNetwork().ToSvg()));
        }
    }

    [Fact]
    public void SaveSvg_WritesTheDocument()
    {
        using var folder = new TempFolder();
        Drawing drawing = Topology.DrawCell(Mixed);
        drawing.SaveSvg(folder.File("cell.svg"));
        File.ReadAllText(folder.File("cell.svg")).Should().Be(drawing.ToSvg());
    }

    private static NetworkGraph Mobile { get; } = ExampleNetworks.Mobile(new NetworkShape { Height = 64, Width = 64, Classes = 100 });

    private static NetworkGraph Transformer { get; } = ExampleNetworks.Transformer(new NetworkShape());

    private static NetworkGraph Plain
    {
        get
        {
            GraphValue x = Graph.Images(new NetworkShape());
            for (int depth = 0; depth < 8; depth++)
            {
                x = x.Conv(16 << (depth / 3), 3, stride: depth % 3 == 2 ? 2 : 1).BatchNorm().Relu();
            }

            return x.GlobalAveragePool().Linear(10).Build();
        }
    }

    // Every node reads all before it.
    private static NetworkGraph Dense(int nodes) => Graph.Images(new NetworkShape()).Conv(8, 3).Block("cells.0", input =>
    {
        var values = new List<GraphValue> { input };
        for (int target = 1; target < nodes; target++)
        {
            values.Add(Graph.Sum([.. values.Select((value, source) => value.Edge(
                source, target, (source + target) % 2 == 0 ? "skip_connect" : "sep_conv_3x3", edge => (source + target) % 2 == 0 ? edge : edge.Conv(8, 3)))]));
        }

        return values[^1];
    }, kind: "cell").GlobalAveragePool().Linear(10).Build();

    // By the usual width of letters, and the more usual one of digits.
    private static void ShouldFit(XElement svg)
    {
        (double Left, double Top, double Right, double Bottom)[] boxes = [.. svg.Descendants(Pictures.Svg + "text").Select(text =>
        {
            double wide = text.Value.Sum(letter => char.IsAsciiDigit(letter) || letter == '×' ? 0.57 : 0.49) * Number(text, "font-size"), x = Number(text, "x");
            double left = text.Attribute("text-anchor")!.Value switch { "start" => x, "end" => x - wide, _ => x - (wide / 2) };
            return (left, Number(text, "y") - (Number(text, "font-size") * 0.8), left + wide, Number(text, "y") + 2);
        })];
        boxes.Should().OnlyContain(box => box.Left >= 0 && box.Top >= 0 && box.Right <= Number(svg, "width") && box.Bottom <= Number(svg, "height"));
        for (int one = 0; one < boxes.Length; one++)
        {
            boxes.Skip(one + 1).Should().NotContain(other =>
                other.Left < boxes[one].Right && boxes[one].Left < other.Right && other.Top < boxes[one].Bottom && boxes[one].Top < other.Bottom);
        }
    }

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, System.Globalization.CultureInfo.InvariantCulture);
}
