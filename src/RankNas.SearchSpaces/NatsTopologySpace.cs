using RankNas.Graphs;

namespace RankNas.SearchSpaces;

/// <summary>NATS-Bench's topology space: 15,625 cells of four nodes, each edge with one of five operations.</summary>
/// <remarks>
/// Networks: 3×3 stem; five cells; a residual block of stride 2; five cells; another block; five cells; BatchNorm, ReLU, global
/// average pooling, linear. Parameter names are NATS-Bench's, so its weights load. Dong et al., <em>NATS-Bench: Benchmarking NAS
/// Algorithms for Architecture Topology and Size</em>, TPAMI 2021.
/// </remarks>
public sealed class NatsTopologySpace : GenomeSearchSpace
{
    /// <summary>The name of the space with its default settings.</summary>
    public const string Name = "nats-tss";

    private readonly NatsTopologyOptions _options;
    private readonly Lazy<Dictionary<string, Architecture>> _representatives;

    /// <summary>Initializes the space.</summary>
    /// <param name="options">The settings; NATS-Bench's own if null.</param>
    public NatsTopologySpace(NatsTopologyOptions? options = null)
        : base(IdOf(options ??= new NatsTopologyOptions()), [.. CellGraph.Edges.Select(_ => CellNotation.Operations.Count)])
    {
        _options = options;
        _representatives = new Lazy<Dictionary<string, Architecture>>(FindRepresentatives);
    }

    /// <summary>Creates the architecture with these operations on the edges 0→1, 0→2, 1→2, 0→3, 1→3, 2→3.</summary>
    /// <exception cref="ArgumentException">There are not six operations.</exception>
    public Architecture Create(params ReadOnlySpan<CellOperation> operations)
    {
        int[] genes = new int[operations.Length];
        for (int edge = 0; edge < operations.Length; edge++)
        {
            genes[edge] = (int)operations[edge];
        }

        return Create((ReadOnlySpan<int>)genes);
    }

    /// <summary>Reads NATS-Bench's notation, <c>|op~0|+|op~0|op~1|+|op~0|op~1|op~2|</c>.</summary>
    /// <inheritdoc/>
    public override Architecture Parse(string text) => Create((ReadOnlySpan<int>)CellNotation.Parse(text));

    /// <summary>Tells whether a path free of <see cref="CellOperation.None"/> leads from input to output; with
    /// <see cref="NatsTopologyOptions.IncludeBroken"/>, every architecture is viable.</summary>
    /// <inheritdoc/>
    public override bool IsViable(Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        return _options.IncludeBroken || CellGraph.HasPath(architecture.Genes.AsSpan());
    }

    /// <summary>Gets the first architecture, by index, of all with the same graph once zeros are dropped from sums: one of 5,390.</summary>
    /// <inheritdoc/>
    public override Architecture Canonicalize(Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        return _representatives.Value[CellGraph.UniqueTextOf(architecture.Genes.AsSpan(), dropZeros: true)];
    }

    /// <summary>Writes the graph as NATS-Bench's <c>to_unique_str</c> does: 6,466 texts differ.</summary>
    /// <param name="architecture">An architecture of this space.</param>
    public static string UniqueTextOf(Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        return CellGraph.UniqueTextOf(architecture.Genes.AsSpan(), dropZeros: false);
    }

    /// <summary>Describes an architecture's network, with NATS-Bench's parameter names.</summary>
    /// <inheritdoc/>
    public override NetworkGraph Describe(Architecture architecture, NetworkShape shape)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(shape);
        return NatsNetworks.Describe(NetworkPlanOf(architecture), shape);
    }

    /// <inheritdoc/>
    protected override string Format(ReadOnlySpan<int> genes) => CellNotation.Format(genes);

    private static string IdOf(NatsTopologyOptions options) => options is { Channels: 16, CellsPerStage: 5 }
        ? Name
        : FormattableString.Invariant($"{Name}(channels={options.Channels},cells={options.CellsPerStage})");

    internal NetworkPlan NetworkPlanOf(Architecture architecture)
    {
        var cell = new CellGraph([.. architecture.Genes.Select(gene => (CellOperation)gene)]);
        var stages = new List<StagePlan>();
        int width = _options.Channels;
        for (int stage = 0; stage < 3; stage++)
        {
            if (stage > 0)
            {
                stages.Add(new StagePlan(null, 2 * width));
                width *= 2;
            }

            stages.AddRange(Enumerable.Repeat(new StagePlan(cell, width), _options.CellsPerStage));
        }

        return new NetworkPlan(_options.Channels, [.. stages]);
    }

    private Dictionary<string, Architecture> FindRepresentatives()
    {
        var representatives = new Dictionary<string, Architecture>();
        for (long index = 0; index < Count; index++)
        {
            Architecture architecture = FromIndex(index);
            representatives.TryAdd(CellGraph.UniqueTextOf(architecture.Genes.AsSpan(), dropZeros: true), architecture);
        }

        return representatives;
    }
}
