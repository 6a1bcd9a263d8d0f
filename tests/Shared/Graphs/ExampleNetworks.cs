using RankNas.Graphs;

namespace RankNas.Tests;

/// <summary>Networks as users describe them: what a graph has to express.</summary>
internal static class ExampleNetworks
{
    /// <summary>Describes a small mobile network: inverted residual blocks with squeeze and excitation, 3×3 and 5×5.</summary>
    public static NetworkGraph Mobile(NetworkShape shape)
    {
        GraphValue x = Graph.Images(shape).Block("stem", images => images.Conv(16, 3, stride: 2, name: "0").BatchNorm(name: "1").HardSwish(), kind: "stem");
        (int Channels, int Expansion, int Kernel, int Stride)[] blocks = [(16, 1, 3, 1), (24, 4, 3, 2), (24, 4, 3, 1), (24, 4, 3, 1), (40, 4, 5, 2), (40, 4, 5, 1)];
        foreach ((int index, (int channels, int expansion, int kernel, int stride)) in blocks.Index())
        {
            x = x.Block(FormattableString.Invariant($"blocks.{index}"), input => InvertedResidual(input, channels, expansion, kernel, stride), kind: "inverted residual");
        }

        return x.Conv(96, 1, name: "head").BatchNorm(name: "head_norm").HardSwish().GlobalAveragePool().Dropout(0.2).Linear(shape.Classes, name: "classifier").Build();
    }

    /// <summary>Describes a small vision transformer: patches, a class token, positions, attention of several heads.</summary>
    public static NetworkGraph Transformer(NetworkShape shape, int width = 24, int depth = 3, int heads = 3)
    {
        GraphValue patches = Graph.Images(shape).Conv(width, 4, stride: 4, padding: 0, bias: true, name: "patches");
        GraphValue x = patches.Reshape(width, patches.Shape[1] * patches.Shape[2]).Transpose(1, 0).ClassToken("class_token").PositionEmbedding("positions");
        for (int index = 0; index < depth; index++)
        {
            x = x.Block(FormattableString.Invariant($"layers.{index}"), input => Encoder(input, heads), kind: "encoder layer");
        }

        return x.LayerNorm(name: "norm").Slice(0, 0, 1).Flatten().Linear(shape.Classes, name: "classifier").Build();
    }

    private static GraphValue InvertedResidual(GraphValue input, int channels, int expansion, int kernel, int stride)
    {
        int wide = input.Channels * expansion;
        GraphValue x = expansion == 1 ? input : input.Conv(wide, 1, name: "expand").BatchNorm().HardSwish();
        x = x.DepthwiseConv(kernel, stride, name: "depthwise").BatchNorm().HardSwish();
        x *= x.GlobalAveragePool(keepDimensions: true).Conv(wide / 4, 1, bias: true, name: "squeeze").Relu().Conv(wide, 1, bias: true, name: "excite").HardSigmoid();
        x = x.Conv(channels, 1, name: "project").BatchNorm();
        return stride == 1 && input.Channels == channels ? input + x : x;
    }

    private static GraphValue Encoder(GraphValue input, int heads)
    {
        GraphValue x = input + Attention(input.LayerNorm(name: "norm1"), heads);
        return x + x.LayerNorm(name: "norm2").Linear(2 * x.Channels, name: "fc1").Gelu().Linear(x.Channels, name: "fc2");
    }

    private static GraphValue Attention(GraphValue x, int heads)
    {
        (int tokens, int width) = (x.Shape[0], x.Channels);
        GraphValue Head(string name) => x.Linear(width, name: name).Reshape(tokens, heads, width / heads).Transpose(1, 0, 2);
        GraphValue weights = Head("query").MatrixProduct(Head("key").Transpose(0, 2, 1)).Scale(1 / Math.Sqrt(width / (double)heads)).Softmax();
        return weights.MatrixProduct(Head("value")).Transpose(1, 0, 2).Reshape(tokens, width).Linear(width, name: "projection");
    }
}
