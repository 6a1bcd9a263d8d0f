using RankNas.Graphs;

namespace RankNas.SearchSpaces;

/// <summary>NATS-Bench's networks as graphs, with its parameter names.</summary>
internal static class NatsNetworks
{
    /// <summary>Describes a network: stem, stages, BatchNorm, ReLU, global average pooling, linear.</summary>
    /// <param name="plan">The widths and the cells.</param>
    /// <param name="shape">The images and classes.</param>
    public static NetworkGraph Describe(NetworkPlan plan, NetworkShape shape)
    {
        GraphValue features = Graph.Images(shape)
            .Block("stem", images => images.Conv(plan.StemChannels, 3, name: "0").BatchNorm(name: "1"), kind: "stem");
        foreach ((int index, StagePlan stage) in plan.Stages.Index())
        {
            features = features.Block(
                FormattableString.Invariant($"cells.{index}"),
                input => stage.Cell is { } cell ? Cell(input, cell, stage.Channels) : ResidualReduction(input, stage.Channels),
                stage.Cell is null ? "residual block" : "cell");
        }

        return features.Within("lastact", last => last.BatchNorm(name: "0").Relu("1"))
            .GlobalAveragePool(name: "global_pooling").Linear(shape.Classes, name: "classifier").Build();
    }

    // NATS-Bench's InferCell: each node is the sum of its incoming edges.
    private static GraphValue Cell(GraphValue input, CellGraph cell, int channels)
    {
        var nodes = new List<GraphValue> { input };
        var terms = new List<GraphValue>();
        foreach ((int edge, (int source, int target)) in CellGraph.Edges.Index())
        {
            string operation = CellNotation.Operations[(int)cell.Operations[edge]];
            if (cell.Operations[edge] == CellOperation.None)
            {
                nodes[source].NoEdge(source, target, operation);
            }
            else
            {
                terms.Add(nodes[source].Edge(source, target, operation, value => value.Within(
                    FormattableString.Invariant($"layers.{edge}"), layer => Operation(layer, cell.Operations[edge], channels)), isSkip: cell.Operations[edge] == CellOperation.SkipConnect));
            }

            if (source == target - 1)
            {
                nodes.Add(terms.Count > 0 ? Graph.Sum(terms) : input.Zeros(channels, input.Shape[1], input.Shape[2]));
                terms.Clear();
            }
        }

        return nodes[^1];
    }

    private static GraphValue Operation(GraphValue input, CellOperation operation, int channels) => operation switch
    {
        CellOperation.Convolution1x1 => ReluConvBatchNorm(input, channels, 1),
        CellOperation.Convolution3x3 => ReluConvBatchNorm(input, channels, 3),
        CellOperation.AveragePooling3x3 => input.AveragePool(3, stride: 1, padding: 1, name: "op"),
        _ when input.Channels != channels => input.Conv(channels, 1, name: "conv").BatchNorm(name: "bn"),
        _ => input,
    };

    // nor_conv.
    private static GraphValue ReluConvBatchNorm(GraphValue input, int channels, int kernel, int stride = 1) =>
        input.Within("op", layers => layers.Relu("0").Conv(channels, kernel, stride, name: "1").BatchNorm(name: "2"));

    // ResNetBasicblock of stride 2. Rounding up makes odd sizes match those of the convolutions of stride 2.
    private static GraphValue ResidualReduction(GraphValue input, int channels)
    {
        GraphValue shortcut = input.Within("downsample", layers => layers.AveragePool(2, roundUp: true, name: "0").Conv(channels, 1, name: "1"));
        GraphValue body = input.Within("conv_a", layers => ReluConvBatchNorm(layers, channels, 3, stride: 2)).Within("conv_b", layers => ReluConvBatchNorm(layers, channels, 3));
        return shortcut + body;
    }
}
