using RankNas.Graphs;
using RankNas.SearchSpaces;

namespace RankNas.Core.Tests.Support;

/// <summary>A hundred architectures that cost more the higher their number, and how often they were described. Nothing is built.</summary>
internal sealed class CountingSpace() : GenomeSearchSpace("counting", [100])
{
    public int Described { get; private set; }

    public bool HasNoCosts { get; init; }

    public override Architecture Parse(string text) => throw new NotSupportedException();

    public override NetworkGraph Describe(Architecture architecture, NetworkShape shape)
    {
        Described++;
        return HasNoCosts
            ? throw new NotSupportedException("Too odd.\n   at somewhere native")
            : Graph.Images(shape).GlobalAveragePool().Linear(1 + architecture.Genes[0]).Linear(shape.Classes).Build();
    }

    protected override string Format(ReadOnlySpan<int> genes) => $"{genes[0]}";
}
