using RankNas.Graphs;
using RankNas.SearchSpaces;

namespace RankNas.Core.Tests.Support;

/// <summary>A space of 27 small networks, written as any user would write one.</summary>
internal sealed class TinySpace() : GenomeSearchSpace("tiny", [3, 3, 3])
{
    public override Architecture Parse(string text)
    {
        string[] parts = text.Split('-');
        return parts.Length == 3 && parts.All(part => part is "0" or "1" or "2")
            ? Create([.. parts.Select(int.Parse)])
            : throw new ArchitectureFormatException($"'{text}' is no tiny architecture: write three of 0, 1, 2, such as 0-1-2.");
    }

    public override NetworkGraph Describe(Architecture architecture, NetworkShape shape)
    {
        int width = 2 + 2 * architecture.Genes[0];
        GraphValue x = Graph.Images(shape).Conv(width, kernel: 1 + 2 * architecture.Genes[1]).BatchNorm().Relu();
        for (int extra = 0; extra < architecture.Genes[2]; extra++)
        {
            x = x.Conv(width, 3, bias: true).Relu();
        }

        return x.GlobalAveragePool().Linear(shape.Classes).Build();
    }

    protected override string Format(ReadOnlySpan<int> genes) => $"{genes[0]}-{genes[1]}-{genes[2]}";
}
