using RankNas.Graphs;
using RankNas.Graphs.Operations;

namespace RankNas.Tests;

/// <summary>Builds one random graph, step by step; a step that does not fit is left out.</summary>
internal sealed class RandomGraph(bool isPositive)
{
    private const int MostElements = 12_000;
    private const int MostProducts = 3;

    private int _products;
    private int _names;

    public NetworkGraph Build(NetworkShape shape, int[] steps, Random end)
    {
        GraphValue images = Graph.Images(shape);
        var values = new List<GraphValue> { images };
        foreach (int step in steps)
        {
            var draw = new Random(step);
            Try(values, () => draw.Next(8) switch
            {
                0 => Pick(values, draw).Block(Name("blocks.b"), input => Steps(input, draw)),
                1 => Pick(values, draw).Block(Name("cells."), input => Cell(input, draw), kind: "cell"),
                2 => Pick(values, draw).Within(Name("part"), input => Step([.. values, input], draw)),
                _ => Step(values, draw),
            });
        }

        return Head(Pick(values, end), shape.Classes, end).Build();
    }

    private GraphValue Step(List<GraphValue> values, Random draw)
    {
        GraphValue x = Pick(values, draw);
        return draw.Next(5) == 0
            ? Join(x, values, draw)
            : x.Shape.Length switch
            {
                3 => OfImages(x, draw),
                2 => OfTokens(x, draw),
                _ => OfAnything(x, draw),
            };
    }

    private GraphValue Steps(GraphValue input, Random draw)
    {
        var values = new List<GraphValue> { input };
        for (int steps = draw.Next(1, 5); steps > 0; steps--)
        {
            Try(values, () => Step(values, draw));
        }

        return values[^1];
    }

    // As NATS-Bench's: nodes are sums of edges of one shape.
    private static GraphValue Cell(GraphValue input, Random draw)
    {
        var nodes = new List<GraphValue> { input };
        for (int target = 1; target < 4; target++)
        {
            var terms = new List<GraphValue>();
            for (int source = 0; source < target; source++)
            {
                int kind = draw.Next(5);
                if (kind == 0)
                {
                    nodes[source].NoEdge(source, target);
                }
                else
                {
                    terms.Add(nodes[source].Edge(source, target, $"op{kind}", edge => (kind, edge.Shape.Length) switch
                    {
                        (1, _) => edge,
                        (2, 3) => edge.Relu().Conv(edge.Channels, 1).BatchNorm(),
                        (3, 3) => edge.Relu().Conv(edge.Channels, 3).BatchNorm(),
                        (4, 3) => edge.AveragePool(3, 1, 1),
                        _ => edge.Relu(),
                    }));
                }
            }

            nodes.Add(terms.Count > 0 ? Graph.Sum(terms) : input.Zeros([.. input.Shape]));
        }

        return nodes[^1];
    }

    private GraphValue Join(GraphValue x, List<GraphValue> values, Random draw)
    {
        GraphValue other = Pick(values, draw), third = Pick(values, draw);
        return draw.Next(7) switch
        {
            0 => Graph.Concatenate([x, other], draw.Next(x.Shape.Length)),
            1 => Graph.Sum(x, other, third),
            2 => Product(() => x * other),
            3 when x.Shape.Length == 3 && other.Shape.Length == 3 => x + other.Conv(x.Channels, 1),
            4 => x + x.Zeros([.. x.Shape]),
            5 when x.Shape.Length == 3 => Product(() => x * x.GlobalAveragePool(keepDimensions: true).Conv(Some(draw, 6), 1, bias: true).Relu().Conv(x.Channels, 1, bias: true).Sigmoid()),
            _ => x + other,
        };
    }

    private GraphValue OfImages(GraphValue x, Random draw) => draw.Next(16) switch
    {
        0 => Convolution(x, draw),
        1 => x.Conv(Some(draw, 20), 3, stride: Some(draw, 2)).BatchNorm().Relu(),
        2 => x.Conv(Some(draw, 20), 1, bias: Flip(draw), name: Flip(draw) ? Name("layer") : null),
        3 => x.DepthwiseConv(Flip(draw) ? 3 : 5, stride: Some(draw, 2)).BatchNorm().Activation(Function(draw)),
        4 => x.BatchNorm(),
        5 => Pooling(x, PoolingKind.Average, draw),
        6 => Pooling(x, PoolingKind.Max, draw),
        7 => x.AveragePool(3, stride: 1, padding: 1),
        8 => Flip(draw) ? x.GlobalAveragePool(keepDimensions: Flip(draw)) : x.GlobalMaxPool(keepDimensions: Flip(draw)),
        9 => x.Reshape(x.Channels, x.Shape[1] * x.Shape[2]).Transpose(1, 0),
        10 => Flip(draw) ? x.Transpose(0, 2, 1) : x.Transpose(2, 0, 1),
        11 => x.LayerNorm(),
        12 => x.Relu().Conv(x.Channels, 3).BatchNorm(),
        _ => OfAnything(x, draw),
    };

    private static GraphValue Convolution(GraphValue x, Random draw)
    {
        int groups = Enumerable.Range(1, x.Channels).Where(count => x.Channels % count == 0).OrderBy(_ => draw.Next()).First();
        return x.Conv(
            groups * Some(draw, 4), (Some(draw, 5), Some(draw, 4)), (Some(draw, 3), Some(draw, 2)), (draw.Next(3), draw.Next(4)), (Some(draw, 2), Some(draw, 3)), groups, Flip(draw));
    }

    private static GraphValue Pooling(GraphValue x, PoolingKind kind, Random draw)
    {
        Size2D kernel = (Some(draw, 3), Some(draw, 4)), stride = (Some(draw, 3), Some(draw, 2));
        Size2D padding = (draw.Next((kernel.Height / 2) + 1), draw.Next((kernel.Width / 2) + 1));
        return kind == PoolingKind.Max
            ? x.MaxPool(kernel, stride, padding, roundUp: Flip(draw))
            : x.AveragePool(kernel, stride, padding, countPadding: Flip(draw), roundUp: Flip(draw));
    }

    private GraphValue OfTokens(GraphValue x, Random draw) => draw.Next(8) switch
    {
        0 => x.Linear(Some(draw, 12), bias: Flip(draw)).Gelu(),
        1 => x.LayerNorm(),
        2 => x.ClassToken(),
        3 => x.PositionEmbedding(),
        4 => x.Transpose(1, 0),
        5 => Product(() => x + Attention(x.LayerNorm(), Some(draw, 2))),
        6 => x.Reshape(x.Shape[0], 1, x.Shape[1]),
        _ => OfAnything(x, draw),
    };

    private GraphValue Attention(GraphValue x, int heads)
    {
        int tokens = x.Shape[0], width = 3;
        GraphValue parts = x.Linear(3 * heads * width).Reshape(tokens, 3, heads, width).Transpose(1, 2, 0, 3);
        GraphValue Part(int index) => parts.Slice(0, index, 1).Reshape(heads, tokens, width);
        GraphValue weights = Part(0).Scale(0.5).MatrixProduct(Part(1).Transpose(0, 2, 1));
        return (isPositive ? weights : weights.Softmax()).MatrixProduct(Part(2)).Transpose(1, 0, 2).Reshape(tokens, heads * width).Linear(x.Shape[1]);
    }

    private GraphValue OfAnything(GraphValue x, Random draw)
    {
        int axis = draw.Next(x.Shape.Length);
        return draw.Next(9) switch
        {
            0 => x.Activation(Function(draw)),
            1 => x.LeakyRelu(0.1),
            2 => x.Slice(axis, draw.Next(x.Shape[axis]), 1 + draw.Next(x.Shape[axis] / 2)),
            3 => x.Scale((draw.NextDouble() * 2) - (isPositive ? 0 : 1)),
            4 => x.Identity(),
            5 => x.Dropout(0.25),
            6 => isPositive ? x.Relu() : x.Softmax(axis),
            7 when x.Shape.Length < 3 => x.Linear(Some(draw, 16)),
            _ => x.Relu(),
        };
    }

    private static GraphValue Head(GraphValue x, int classes, Random draw) => x.Shape.Length switch
    {
        1 => x.Linear(classes),
        2 when Flip(draw) => x.Slice(0, 0, 1).Flatten().Linear(classes),
        3 when draw.Next(4) > 0 => x.GlobalAveragePool().Linear(classes),
        _ => x.Flatten().Linear(classes),
    };

    private static ActivationFunction Function(Random draw)
    {
        ActivationFunction function = draw.GetItems(Enum.GetValues<ActivationFunction>(), 1)[0];
        return Flip(draw) || function == ActivationFunction.LeakyRelu ? ActivationFunction.Relu : function;
    }

    // What multiplies values of the network grows fast.
    private GraphValue Product(Func<GraphValue> product) => _products++ < MostProducts ? product() : throw new GraphException("There are products enough.");

    private string Name(string stem) => $"{stem}{_names++}";

    private static bool Flip(Random draw) => draw.Next(2) == 0;

    private static int Some(Random draw, int most) => 1 + draw.Next(most);

    // The last ones more often than those before.
    private static GraphValue Pick(List<GraphValue> values, Random draw) => values[^Math.Max(1, Math.Min(values.Count, 1 + (draw.Next(5) * draw.Next(3)) - 2))];

    private static void Try(List<GraphValue> values, Func<GraphValue> step)
    {
        try
        {
            GraphValue value = step();
            if (value.Shape.Aggregate(1L, (product, size) => product * size) <= MostElements)
            {
                values.Add(value);
            }
        }
        catch (GraphException)
        {
        }
    }
}
