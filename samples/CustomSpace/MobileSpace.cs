using RankNas.Graphs;
using RankNas.SearchSpaces;

namespace CustomSpace;

/// <summary>Networks like MobileNetV2: three stages of inverted residual blocks, each with a depth, width, kernel and expansion of its own.</summary>
internal sealed class MobileSpace() : ChoiceSearchSpace("mobile", [.. Enumerable.Range(1, 3).SelectMany(ChoicesOf)])
{
    public override NetworkGraph Describe(Architecture architecture, NetworkShape shape)
    {
        GraphValue x = Graph.Images(shape).Conv(16, kernel: 3).BatchNorm().Relu();
        for (int stage = 1; stage <= 3; stage++)
        {
            int Chosen(string choice) => NumberOf(architecture, $"{choice}{stage}");
            for (int block = 0; block < Chosen("depth"); block++)
            {
                int stride = block == 0 ? 2 : 1;
                x = x.Block($"stage{stage}.{block}", input => InvertedResidual(input, Chosen("width"), Chosen("kernel"), Chosen("expansion"), stride));
            }
        }

        return x.GlobalAveragePool().Linear(shape.Classes).Build();
    }

    // Expand by a 1×1 convolution, filter each channel alone, project back; the input is added where the shape stays.
    private static GraphValue InvertedResidual(GraphValue input, int width, int kernel, int expansion, int stride)
    {
        GraphValue wide = input.Conv(input.Channels * expansion, kernel: 1).BatchNorm().Relu().DepthwiseConv(kernel, stride).BatchNorm().Relu();
        GraphValue output = wide.Conv(width, kernel: 1).BatchNorm();
        return stride == 1 && width == input.Channels ? output + input : output;
    }

    private static IEnumerable<Choice> ChoicesOf(int stage) =>
        [new($"depth{stage}", 1, 2, 3), new($"width{stage}", 12 * stage, 16 * stage, 24 * stage), new($"kernel{stage}", 3, 5), new($"expansion{stage}", 2, 4, 6)];
}
