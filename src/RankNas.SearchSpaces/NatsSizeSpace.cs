using System.Globalization;
using RankNas.Files;
using RankNas.Graphs;

namespace RankNas.SearchSpaces;

/// <summary>NATS-Bench's size space: 32,768 networks of one topology, whose five layers each have 8, 16, …, 64 channels.</summary>
/// <remarks>
/// Written <c>a:b:c:d:e</c>: the stem has a channels, then come a cell of a, a residual block of stride 2 to b, a cell to c, another block
/// to d, a cell to e. Parameter names are NATS-Bench's. Dong et al., <em>NATS-Bench: Benchmarking NAS Algorithms for Architecture
/// Topology and Size</em>, TPAMI 2021.
/// </remarks>
public sealed class NatsSizeSpace : GenomeSearchSpace
{
    /// <summary>The name of the space.</summary>
    public const string Name = "nats-sss";

    private const int Layers = 5;
    private const int WidthStep = 8;
    private const int Widths = 8;

    /// <summary>Initializes the space.</summary>
    public NatsSizeSpace()
        : base(Name, [.. Enumerable.Repeat(Widths, Layers)])
    {
    }

    /// <summary>Reads <c>a:b:c:d:e</c>, each one of 8, 16, …, 64.</summary>
    /// <inheritdoc/>
    public override Architecture Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Trim().Split(':');
        if (parts.Length != Layers)
        {
            throw Malformed(text, $"it has {parts.Length} widths joined by ':' where there must be {Layers}");
        }

        return Create([.. parts.Select(part => ParseWidth(text, part))]);
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
    protected override string Format(ReadOnlySpan<int> genes)
    {
        int[] widths = new int[genes.Length];
        for (int layer = 0; layer < genes.Length; layer++)
        {
            widths[layer] = WidthOf(genes[layer]);
        }

        return string.Join(':', widths);
    }

    private static int WidthOf(int gene) => WidthStep * (gene + 1);

    private static int ParseWidth(string text, string part)
    {
        bool isWidth = int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int width) && part.All(char.IsAsciiDigit)
            && width % WidthStep == 0 && width is >= WidthStep and <= WidthStep * Widths && part[0] != '0';
        return isWidth ? width / WidthStep - 1 : throw Malformed(text, $"'{ShownText.Of(part)}' is none of 8, 16, 24, 32, 40, 48, 56, 64");
    }

    private static ArchitectureFormatException Malformed(string text, string reason) =>
        new($"'{ShownText.Of(text, ShownText.LineLength)}' is no architecture of {Name}: {reason}. Write for example '8:16:24:32:64'.");

    internal static NetworkPlan NetworkPlanOf(Architecture architecture)
    {
        int[] widths = [.. architecture.Genes.Select(WidthOf)];
        return new NetworkPlan(
            widths[0],
            [
                new StagePlan(CellGraph.OfSizeSpace, widths[0]),
                new StagePlan(null, widths[1]),
                new StagePlan(CellGraph.OfSizeSpace, widths[2]),
                new StagePlan(null, widths[3]),
                new StagePlan(CellGraph.OfSizeSpace, widths[4]),
            ]);
    }
}
