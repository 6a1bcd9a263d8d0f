using RankNas.Graphs;
using RankNas.SearchSpaces;

namespace RankNas.Docs.Tests.Mine;

/// <summary>What pages call the reader's own.</summary>
public sealed class MySpace() : GenomeSearchSpace("mine", [2, 2])
{
    public override Architecture Parse(string text) => Create([.. text.Split('-').Select(int.Parse)]);

    public override NetworkGraph Describe(Architecture architecture, NetworkShape shape) => Graph.Images(shape)
        .Conv(1 + architecture.Genes[0], 1 + (2 * architecture.Genes[1])).Relu().GlobalAveragePool().Linear(shape.Classes).Build();

    protected override string Format(ReadOnlySpan<int> genes) => $"{genes[0]}-{genes[1]}";
}
