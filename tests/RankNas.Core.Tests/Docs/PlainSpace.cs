using RankNas.Graphs;
using RankNas.SearchSpaces;

namespace RankNas.Core.Tests.Docs;

public sealed class PlainSpace() : ChoiceSearchSpace(
    "plain",
    new Choice("depth", 1, 2, 3),
    new Choice("width", 8, 16, 24),
    new Choice("pooling", "max", "average"))
{
    public override NetworkGraph Describe(Architecture architecture, NetworkShape shape)
    {
        GraphValue x = Graph.Images(shape);
        for (int layer = 0; layer < NumberOf(architecture, "depth"); layer++)
        {
            x = x.Conv(NumberOf(architecture, "width"), kernel: 3).BatchNorm().Relu();
        }

        x = ValueOf(architecture, "pooling") == "max" ? x.MaxPool(2) : x.AveragePool(2);
        return x.GlobalAveragePool().Linear(shape.Classes).Build();
    }
}
