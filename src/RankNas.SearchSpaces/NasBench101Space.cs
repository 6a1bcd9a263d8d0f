using System.Globalization;
using System.Numerics;
using RankNas.Files;
using RankNas.Graphs;
using RankNas.SearchSpaces.NasBench101;

namespace RankNas.SearchSpaces;

/// <summary>NAS-Bench-101: 423,624 cells of up to seven vertices and nine edges, each inner vertex with one of three operations.</summary>
/// <remarks>
/// Written as the upper triangle of the adjacency matrix by rows and a letter for each operation, such as <c>100000100101110100101:111mm</c>: 3 is
/// <c>conv3x3-bn-relu</c>, 1 <c>conv1x1-bn-relu</c>, m <c>maxpool3x3</c>. The official module hash and the index in the order of the hashes are read too.
/// Cells that differ in the numbers of their vertices alone are one architecture.
/// <para>
/// Networks: a 3×3 stem of 128 channels; three stacks of three cells, with 2×2 max pooling between them, where the channels double; global average pooling; linear. Channels within
/// a cell are divided and truncated as in the benchmark's program. Ying et al., <em>NAS-Bench-101: Towards Reproducible Neural Architecture Search</em>, ICML 2019.
/// </para>
/// </remarks>
public sealed class NasBench101Space : ISearchSpace
{
    /// <summary>The name of the space with its default settings.</summary>
    public const string Name = "nb101";

    private const int Stacks = 3;
    private const int Size = 423_624;
    private const int MostDraws = 100_000;
    private static readonly string[] Operations = ["conv3x3-bn-relu", "conv1x1-bn-relu", "maxpool3x3"];
    private static readonly Lazy<CellGraph101[]> Cells = new(() => [.. CellGraph101.All()]);
    private static readonly Lazy<HashOrder> Hashes = new(() => new HashOrder(Cells.Value));

    private readonly NasBench101Options _options;

    /// <summary>Initializes the space.</summary>
    /// <param name="options">The settings; the benchmark's own if null.</param>
    public NasBench101Space(NasBench101Options? options = null)
    {
        _options = options ?? new NasBench101Options();
        Id = _options is { Channels: 128, CellsPerStack: 3 }
            ? Name
            : FormattableString.Invariant($"{Name}(channels={_options.Channels},cells={_options.CellsPerStack})");
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public BigInteger Count => Size;

    /// <summary>Reads the matrix and the operations, a module hash of 32 hexadecimal digits, or an index. What does not matter to a cell is left out, as the benchmark does.</summary>
    /// <inheritdoc/>
    public Architecture Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        if (ModuleHash.Parse(trimmed) is { } hash)
        {
            return Hashes.Value.Find(hash) is { } found ? Create(found) : throw CellNotation101.Malformed(text, "there is no cell of this hash");
        }

        if (trimmed.Length > 0 && trimmed.All(char.IsAsciiDigit))
        {
            return long.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out long index) && index < Size
                ? FromIndex(index)
                : throw CellNotation101.Malformed(text, $"indices go from 0 to {Size - 1}");
        }

        CellGraph101 cell = CellNotation101.Parse(text).Prune();
        return cell.EdgeCount == 0 ? throw CellNotation101.Malformed(text, "its input does not reach its output")
            : !cell.IsInBenchmark ? throw CellNotation101.Malformed(text, $"it has {cell.EdgeCount} edges, and cells have at most {CellGraph101.MostEdges}")
            : Create(cell.Canonicalize());
    }

    /// <summary>Gets the architecture at a position in the order of the module hashes.</summary>
    /// <inheritdoc/>
    public Architecture FromIndex(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size);
        return Create(Hashes.Value[(int)index]);
    }

    /// <inheritdoc/>
    public long IndexOf(Architecture architecture) => Hashes.Value.IndexOf(ModuleHash.Of(CellOf(architecture)));

    /// <summary>Computes the official module hash of an architecture: 32 hexadecimal digits, as the benchmark's <c>hash_module</c>.</summary>
    /// <param name="architecture">An architecture of this space.</param>
    public static string HashOf(Architecture architecture) => ModuleHash.TextOf(ModuleHash.Of(CellOf(architecture)));

    /// <inheritdoc/>
    public bool IsViable(Architecture architecture) => true;

    /// <inheritdoc/>
    public Architecture? Canonicalize(Architecture architecture) => architecture;

    /// <summary>Samples an architecture, by <see cref="NasBench101Options.Sampling"/>.</summary>
    /// <inheritdoc/>
    public Architecture Sample(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return _options.Sampling == NasBench101Sampling.Uniform ? Create(Cells.Value[random.Next(Size)]) : Draw(
            () => [.. Enumerable.Range(0, Genome101.Length).Select(gene => random.Next(Genome101.AllelesOf(gene)))], unlike: null)!;
    }

    /// <summary>Mutates as the benchmark's programs do: each edge of seven vertices flips with probability 1/7 and each operation changes with probability 1/5, until a different valid cell comes out.</summary>
    /// <inheritdoc/>
    public Architecture Mutate(Architecture architecture, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        int[] parent = GenesToChange(architecture, random);
        return Draw(() => [.. parent.Select((allele, gene) => random.Next(gene < Genome101.Edges ? CellGraph101.MostVertices : CellGraph101.MostInner) == 0 ? Other(gene, allele, random) : allele)], architecture)
            ?? architecture;
    }

    /// <summary>Two-point crossover of the 21 edges and five operations; a child that is no cell of the benchmark gives way to its parent.</summary>
    /// <inheritdoc/>
    public (Architecture First, Architecture Second) Crossover(Architecture first, Architecture second, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        (int[] one, int[] two) = (GenesToChange(first, random), GenesToChange(second, random));
        int cut = random.Next(Genome101.Length + 1), other = random.Next(Genome101.Length);
        other += other >= cut ? 1 : 0;
        Range exchanged = Math.Min(cut, other)..Math.Max(cut, other);
        return (Exchange(one, two, first), Exchange(two, one, second));

        Architecture Exchange(int[] outside, int[] inside, Architecture parent)
        {
            int[] child = [.. outside];
            inside.AsSpan(exchanged).CopyTo(child.AsSpan(exchanged));
            return Genome101.Decode(child) is { } cell ? Create(cell) : parent;
        }
    }

    /// <inheritdoc/>
    public Architecture Neighbor(Architecture architecture, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        int[] parent = GenesToChange(architecture, random);
        int[] order = [.. Enumerable.Range(0, Genome101.Length)];
        return Draw(
            () =>
            {
                random.Shuffle(order);
                int[] genes = [.. parent];
                foreach (int gene in order.AsSpan(0, random.Next(1, Genome101.Length + 1)))
                {
                    genes[gene] = Other(gene, genes[gene], random);
                }

                return genes;
            },
            architecture) ?? architecture;
    }

    /// <summary>Describes an architecture's network.</summary>
    /// <inheritdoc/>
    public NetworkGraph Describe(Architecture architecture, NetworkShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        CellGraph101 cell = CellOf(architecture);
        int channels = _options.Channels;
        GraphValue x = Graph.Images(shape).Block("stem", images => ConvBatchNormRelu(images, channels, 3), kind: "stem");
        for (int stack = 0; stack < Stacks; stack++)
        {
            if (stack > 0)
            {
                x = x.MaxPool(2, roundUp: true, name: FormattableString.Invariant($"downsample{stack}"));
                channels *= 2;
            }

            for (int module = 0; module < _options.CellsPerStack; module++)
            {
                x = x.Block(FormattableString.Invariant($"stack{stack}.module{module}"), input => CellOutput(input, cell, channels), "cell");
            }
        }

        return x.GlobalAveragePool().Linear(shape.Classes, name: "dense").Build();
    }

    private static GraphValue CellOutput(GraphValue input, CellGraph101 cell, int channels)
    {
        int last = cell.Vertices - 1;
        int[] channelsOf = cell.ChannelsOfVertices(channels);
        var vertices = new List<GraphValue> { input };
        for (int vertex = 1; vertex < last; vertex++)
        {
            int target = vertex;
            GraphValue[] terms = [.. SourcesOf(cell, target).Select(source => vertices[source].Edge(
                source, target, Operations[(int)cell.OperationOf(target)], value => source == 0
                    ? Projection(value, target, channelsOf[target])
                    : value.Channels == channelsOf[target] ? value : value.Slice(0, 0, channelsOf[target]), isSkip: false))];
            vertices.Add(Graph.Sum(terms).Within(FormattableString.Invariant($"vertex{target}"), sum => Apply(sum, cell.OperationOf(target))));
        }

        GraphValue[] joined = [.. SourcesOf(cell, last).Where(source => source > 0).Select(source => vertices[source].Edge(source, last, "concat", value => value, isSkip: false))];
        GraphValue? direct = cell.HasEdge(0, last) ? input.Edge(0, last, "projection", value => Projection(value, last, channels), isSkip: last > 1) : null;
        return joined.Length == 0 ? direct! : direct is null ? Graph.Concatenate(joined) : Graph.Concatenate(joined) + direct;
    }

    private static IEnumerable<int> SourcesOf(CellGraph101 cell, int target) => Enumerable.Range(0, target).Where(source => cell.HasEdge(source, target));

    private static GraphValue Apply(GraphValue value, Operation101 operation) => operation switch
    {
        Operation101.MaxPooling3x3 => value.MaxPool(3, stride: 1, padding: 1, name: "pool"),
        _ => ConvBatchNormRelu(value, value.Channels, operation == Operation101.Convolution3x3 ? 3 : 1),
    };

    private static GraphValue Projection(GraphValue value, int vertex, int channels) =>
        value.Within(FormattableString.Invariant($"proj{vertex}"), layers => ConvBatchNormRelu(layers, channels, 1));

    private static GraphValue ConvBatchNormRelu(GraphValue value, int channels, int kernel) =>
        value.Conv(channels, kernel, name: "conv").BatchNorm(name: "bn").Relu("relu");

    private static Architecture Create(CellGraph101 cell) => new(CellNotation101.Format(cell), [.. Genome101.Of(cell)]);

    private static CellGraph101 CellOf(Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        return architecture.Genes.Length == Genome101.Length && Genome101.Decode(architecture.Genes.AsSpan()) is { } cell
            ? cell
            : throw new ArgumentException($"'{ShownText.Of(architecture.Text, ShownText.LineLength)}' is no architecture of {Name}: parse or sample one.", nameof(architecture));
    }

    // The vertices that a smaller cell has not are there to be connected, each with any operation.
    private static int[] GenesToChange(Architecture architecture, Random random)
    {
        CellGraph101 cell = CellOf(architecture);
        int[] genes = Genome101.Of(cell);
        for (int gene = Genome101.Edges + cell.Inner; gene < Genome101.Length; gene++)
        {
            genes[gene] = random.Next(Genome101.AllelesOf(gene));
        }

        return genes;
    }

    private static int Other(int gene, int allele, Random random) => (allele + random.Next(1, Genome101.AllelesOf(gene))) % Genome101.AllelesOf(gene);

    private static Architecture? Draw(Func<int[]> draw, Architecture? unlike)
    {
        for (int attempt = 0; attempt < MostDraws; attempt++)
        {
            if (Genome101.Decode(draw()) is { } cell && Create(cell) is var drawn && !drawn.Equals(unlike))
            {
                return drawn;
            }
        }

        return null;
    }
}
