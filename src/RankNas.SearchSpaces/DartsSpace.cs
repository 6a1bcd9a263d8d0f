using System.Globalization;
using RankNas.Graphs;
using RankNas.SearchSpaces.Darts;

namespace RankNas.SearchSpaces;

/// <summary>DARTS: a normal and a reduction cell, each of four nodes that are sums of two operations, on CIFAR-sized images.</summary>
/// <remarks>
/// Written as the programs of DARTS and NAS-Bench-301 print it: <c>Genotype(normal=[('sep_conv_3x3', 0), …], normal_concat=range(2, 6), reduce=[…],
/// reduce_concat=range(2, 6))</c>. Viable are the cells that DARTS itself can choose: no operation <c>none</c>, and two different inputs for each node; others can be
/// parsed and scored all the same. The auxiliary head and drop path are left out. Parameter names are those of DARTS's <c>NetworkCIFAR</c>, so that its weights load.
/// Liu et al., <em>DARTS: Differentiable Architecture Search</em>, ICLR 2019.
/// </remarks>
public sealed class DartsSpace : GenomeSearchSpace
{
    /// <summary>The name of the space with its default settings.</summary>
    public const string Name = "darts";

    private const int StemMultiplier = 3;
    private const int Shrinking = 4;

    private readonly DartsOptions _options;

    /// <summary>Initializes the space.</summary>
    /// <param name="options">The settings; those of DARTS's search if null.</param>
    public DartsSpace(DartsOptions? options = null)
        : base(IdOf(options ??= new DartsOptions()), [.. Enumerable.Range(0, 2 * Genotype.EdgesOfCell)
            .SelectMany(edge => (int[])[Genotype.Operations.Count, Genotype.InputsOf(edge % Genotype.EdgesOfCell)])]) => _options = options;

    /// <summary>Reads a genotype.</summary>
    /// <inheritdoc/>
    public override Architecture Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Create((ReadOnlySpan<int>)Genotype.Parse(text));
    }

    /// <summary>Tells whether DARTS can choose the cells: without <c>none</c>, and with two different inputs for each node; with <see cref="DartsOptions.IncludeAllCells"/>, every architecture is viable.</summary>
    /// <inheritdoc/>
    public override bool IsViable(Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ReadOnlySpan<int> genes = architecture.Genes.AsSpan();
        for (int gene = 0; gene < genes.Length && !_options.IncludeAllCells; gene += Genotype.EdgesOfNode * Genotype.GenesOfEdge)
        {
            if (genes[gene] == (int)DartsOperation.None || genes[gene + 2] == (int)DartsOperation.None || genes[gene + 1] == genes[gene + 3])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Describes an architecture's network, with DARTS's parameter names. Height and width are multiples of 4.</summary>
    /// <inheritdoc/>
    /// <exception cref="GraphException">The images' height or width is no multiple of 4.</exception>
    public override NetworkGraph Describe(Architecture architecture, NetworkShape shape)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Height % Shrinking != 0 || shape.Width % Shrinking != 0)
        {
            throw new GraphException($"{Id} needs images whose height and width are multiples of {Shrinking}, not {shape.Height}x{shape.Width}: resize them.");
        }

        int channels = _options.Channels;
        GraphValue stem = Graph.Images(shape).Block(
            "stem", images => images.Conv(StemMultiplier * channels, 3, name: "0").BatchNorm(name: "1"), kind: "stem");
        (GraphValue before, GraphValue last) = (stem, stem);
        bool wasReduction = false;
        for (int index = 0; index < _options.Cells; index++)
        {
            bool isReduction = index == _options.Cells / 3 || index == 2 * _options.Cells / 3;
            channels *= isReduction ? 2 : 1;
            ReadOnlyMemory<int> genes = architecture.Genes.AsMemory().Slice(isReduction ? Genotype.GenesOfCell : 0, Genotype.GenesOfCell);
            (before, last) = (last, Cell(before, last, genes, channels, isReduction, wasReduction, string.Create(CultureInfo.InvariantCulture, $"cells.{index}")));
            wasReduction = isReduction;
        }

        return last.GlobalAveragePool(name: "global_pooling").Linear(shape.Classes, name: "classifier").Build();
    }

    /// <inheritdoc/>
    protected override string Format(ReadOnlySpan<int> genes) => Genotype.Format(genes);

    private static string IdOf(DartsOptions options) => options is { Cells: 8, Channels: 16 }
        ? Name
        : string.Create(CultureInfo.InvariantCulture, $"{Name}(cells={options.Cells},channels={options.Channels})");

    // A block has one input, so that the two of a cell enter it side by side.
    private static GraphValue Cell(GraphValue before, GraphValue last, ReadOnlyMemory<int> genes, int channels, bool isReduction, bool wasReduction, string name)
    {
        GraphValue first = before.Within($"{name}.preprocess0", value => wasReduction ? FactorizedReduce(value, channels) : ReluConvBatchNorm(value, channels));
        GraphValue second = last.Within($"{name}.preprocess1", value => ReluConvBatchNorm(value, channels));
        return Graph.Concatenate([first, second]).Block(
            name,
            inputs => Nodes([inputs.Slice(0, 0, channels), inputs.Slice(0, channels, channels)], genes.Span, isReduction),
            isReduction ? "reduction cell" : "normal cell");
    }

    private static GraphValue Nodes(List<GraphValue> values, ReadOnlySpan<int> genes, bool isReduction)
    {
        for (int node = 0; node < Genotype.Nodes; node++)
        {
            var terms = new GraphValue[Genotype.EdgesOfNode];
            for (int term = 0; term < terms.Length; term++)
            {
                int edge = (node * Genotype.EdgesOfNode) + term, input = genes[(Genotype.GenesOfEdge * edge) + 1], target = values.Count;
                var operation = (DartsOperation)genes[Genotype.GenesOfEdge * edge];
                int stride = isReduction && input < 2 ? 2 : 1;
                terms[term] = values[input].Edge(input, target, Genotype.Operations[(int)operation], value => value.Within(
                    string.Create(CultureInfo.InvariantCulture, $"_ops.{edge}"), scope => Apply(scope, operation, stride)), isSkip: operation == DartsOperation.SkipConnect);
            }

            values.Add(Graph.Sum(terms));
        }

        int output = values.Count;
        return Graph.Concatenate([.. values.Index().Skip(2).Select(node => node.Item.Edge(node.Index, output, "concat", value => value, isSkip: false))]);
    }

    private static GraphValue Apply(GraphValue x, DartsOperation operation, int stride) => operation switch
    {
        DartsOperation.None => x.Zeros(x.Channels, x.Shape[1] / stride, x.Shape[2] / stride),
        DartsOperation.MaxPooling3x3 => x.MaxPool(3, stride, padding: 1, name: "pool"),
        DartsOperation.AveragePooling3x3 => x.AveragePool(3, stride, padding: 1, name: "pool"),
        DartsOperation.SkipConnect => stride == 1 ? x : FactorizedReduce(x, x.Channels),
        DartsOperation.SeparableConvolution3x3 => SeparableConvolution(x, 3, stride),
        DartsOperation.SeparableConvolution5x5 => SeparableConvolution(x, 5, stride),
        DartsOperation.DilatedConvolution3x3 => DilatedConvolution(x, 3, stride),
        _ => DilatedConvolution(x, 5, stride),
    };

    private static GraphValue SeparableConvolution(GraphValue x, int kernel, int stride) => x.Within("op", layers => layers
        .Relu("0").DepthwiseConv(kernel, stride, name: "1").Conv(x.Channels, 1, name: "2").BatchNorm(name: "3")
        .Relu("4").DepthwiseConv(kernel, name: "5").Conv(x.Channels, 1, name: "6").BatchNorm(name: "7"));

    private static GraphValue DilatedConvolution(GraphValue x, int kernel, int stride) => x.Within("op", layers => layers
        .Relu("0").Conv(x.Channels, kernel, stride, dilation: 2, groups: x.Channels, name: "1").Conv(x.Channels, 1, name: "2").BatchNorm(name: "3"));

    private static GraphValue ReluConvBatchNorm(GraphValue x, int channels) =>
        x.Within("op", layers => layers.Relu("0").Conv(channels, 1, name: "1").BatchNorm(name: "2"));

    // Two convolutions that see every other pixel, one of them a pixel later.
    private static GraphValue FactorizedReduce(GraphValue x, int channels)
    {
        GraphValue active = x.Relu("relu");
        GraphValue later = active.Slice(1, 1, x.Shape[1] - 1).Slice(2, 1, x.Shape[2] - 1);
        return Graph.Concatenate([active.Conv(channels / 2, 1, stride: 2, padding: 0, name: "conv_1"), later.Conv(channels / 2, 1, stride: 2, padding: 0, name: "conv_2")])
            .BatchNorm(name: "bn");
    }
}
