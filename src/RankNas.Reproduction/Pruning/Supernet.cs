using System.Collections.Immutable;
using System.Globalization;
using RankNas.Graphs;

namespace RankNas.Reproduction.Pruning;

/// <summary>The topology space's cell with several operations on an edge, whose mean it is: what TE-NAS prunes.</summary>
/// <param name="Operations">The operations left on each edge, in NATS-Bench's order of edges; <see cref="CellOperation.None"/> is never among them.</param>
internal sealed record Supernet(ImmutableArray<ImmutableArray<CellOperation>> Operations)
{
    private const int Nodes = 4;
    private const int FullChannels = 3;

    /// <summary>Gets the cell with every operation on every edge.</summary>
    public static Supernet Whole { get; } = new([.. Enumerable.Repeat(
        ImmutableArray.Create(CellOperation.SkipConnect, CellOperation.Convolution1x1, CellOperation.Convolution3x3, CellOperation.AveragePooling3x3), Nodes * (Nodes - 1) / 2)]);

    /// <summary>Gets whether one operation is left on every edge.</summary>
    public bool IsSinglePath => Operations.All(left => left.Length == 1);

    /// <summary>Takes an operation from an edge.</summary>
    public Supernet Without(int edge, CellOperation operation) => new(Operations.SetItem(edge, Operations[edge].Remove(operation)));

    /// <summary>Describes the network whose kernel is looked at: a stem and three cells of 3, 6 and 12 channels, with residual blocks of stride 2 between them.</summary>
    public NetworkGraph Describe(NetworkShape shape)
    {
        GraphValue features = Cell(
            Graph.Images(shape).Within("stem", images => images.Conv(FullChannels, 3, name: "0").BatchNorm(name: "1")), "cells.0", []);
        for (int stage = 1; stage < 3; stage++)
        {
            features = features.Within(Numbered("cells", 2 * stage - 1), input => Reduction(input, FullChannels << stage));
            features = Cell(features, Numbered("cells", 2 * stage), []);
        }

        return features.Within("lastact", last => last.BatchNorm(name: "0").Relu("1"))
            .GlobalAveragePool().Linear(shape.Classes, name: "classifier").Build();
    }

    /// <summary>Describes the network whose linear regions are counted: one cell of one channel. Its output is what every ReLU gives, one after the other.</summary>
    /// <param name="size">The height and width of the images in pixels.</param>
    public NetworkGraph DescribeActivations(int size)
    {
        int relus = 1 + Operations.Sum(left => left.Count(operation => operation is CellOperation.Convolution1x1 or CellOperation.Convolution3x3));
        var activations = new List<GraphValue>();
        GraphValue features = Cell(Graph.Images(new NetworkShape { Channels = 1, Height = size, Width = size, Classes = relus * size * size }), "cells.0", activations);
        activations.Add(features.Within("lastact", last => last.BatchNorm(name: "0").Relu("1")));
        return Graph.Concatenate([.. activations.Select(activation => activation.Flatten())]).Build();
    }

    private GraphValue Cell(GraphValue input, string name, List<GraphValue> activations)
    {
        var nodes = new List<GraphValue> { input };
        int edge = 0;
        for (int target = 1; target < Nodes; target++)
        {
            var terms = new List<GraphValue>();
            for (int source = 0; source < target; source++, edge++)
            {
                ImmutableArray<CellOperation> left = Operations[edge];
                terms.AddRange(left.Select(operation => nodes[source]
                    .Within(string.Create(CultureInfo.InvariantCulture, $"{name}.edges.{edge}.{operation}"), value => Apply(value, operation, activations))
                    .Scale(1.0 / left.Length)));
            }

            nodes.Add(Graph.Sum(terms));
        }

        return nodes[^1];
    }

    private static GraphValue Apply(GraphValue input, CellOperation operation, List<GraphValue> activations) => operation switch
    {
        CellOperation.Convolution1x1 => ReluConvBatchNorm(input, input.Channels, 1, activations),
        CellOperation.Convolution3x3 => ReluConvBatchNorm(input, input.Channels, 3, activations),
        CellOperation.AveragePooling3x3 => input.AveragePool(3, stride: 1, padding: 1),
        _ => input,
    };

    private static GraphValue ReluConvBatchNorm(GraphValue input, int channels, int kernel, List<GraphValue> activations, int stride = 1)
    {
        GraphValue activation = input.Relu("0");
        activations.Add(activation);
        return activation.Conv(channels, kernel, stride, name: "1").BatchNorm(name: "2");
    }

    private static GraphValue Reduction(GraphValue input, int channels)
    {
        GraphValue shortcut = input.Within("downsample", layers => layers.AveragePool(2, roundUp: true).Conv(channels, 1, name: "1"));
        GraphValue body = input.Within("conv_a", layers => ReluConvBatchNorm(layers, channels, 3, [], stride: 2))
            .Within("conv_b", layers => ReluConvBatchNorm(layers, channels, 3, []));
        return shortcut + body;
    }

    private static string Numbered(string name, int index) => string.Create(CultureInfo.InvariantCulture, $"{name}.{index}");
}
