using RankNas.Graphs;
using RankNas.SearchSpaces;

namespace RankNas.Core.Tests.Support;

/// <summary>A space whose architectures are written to break into tables, pages and pictures; each has 1,000 − 7·gene parameters and 5,000 MACs.</summary>
internal sealed class HostileSpace() : GenomeSearchSpace("hostile<script>alert('space')</script>", [100])
{
    public const string Text = "</td></text><script>alert(\"x\")</script>,&'\n\u0001 ";

    public override Architecture Parse(string text) => throw new NotSupportedException();

    public override NetworkGraph Describe(Architecture architecture, NetworkShape shape)
    {
        GraphValue images = Graph.Images(shape);
        images.Zeros(70, 71).MatrixProduct(images.Zeros(71, 1));
        images.Zeros(1, 960 - 7 * architecture.Genes[0]).ClassToken();
        return images.GlobalAveragePool().Linear(shape.Classes).Build();
    }

    protected override string Format(ReadOnlySpan<int> genes) => Text + genes[0];
}
