using RankNas.Graphs;
using RankNas.SearchSpaces;

namespace RankNas.Tool.Tests;

/// <summary>The one public space of this assembly, as <c>--space-assembly</c> finds it.</summary>
public sealed class OwnSpace() : ChoiceSearchSpace("own", new Choice("depth", 1, 2), new Choice("width", 4, 8))
{
    public override Size2D? ImageSize => (8, 12);

    public override NetworkGraph Describe(Architecture architecture, NetworkShape shape)
    {
        GraphValue x = Graph.Images(shape);
        for (int layer = 0; layer < NumberOf(architecture, "depth"); layer++)
        {
            x = x.Conv(NumberOf(architecture, "width"), 3).Relu();
        }

        return x.GlobalAveragePool().Linear(shape.Classes).Build();
    }
}
