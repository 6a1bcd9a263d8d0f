using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Kernels.Convolutions;

namespace RankNas.Kernels.Execution;

/// <summary>Which BatchNorms are left to the one convolution that reads them, with the activation between, and which products are computed by it.</summary>
/// <param name="graph">The graph.</param>
/// <param name="known">What is known of its values.</param>
/// <param name="readers">Who reads each value.</param>
internal sealed class ReadNormalization(NetworkGraph graph, KnownValues known, List<GraphNode>[] readers)
{
    // Two times as many multiplications must be cheaper than memory.
    private const int MostChannels = 64;

    /// <summary>Finds the convolution that normalises what a BatchNorm gives as it reads it; null where there is none.</summary>
    /// <param name="node">The BatchNorm.</param>
    /// <param name="isSeen">Whether observers need a value in memory.</param>
    public GraphNode? ReaderOf(GraphNode node, Func<int, bool> isSeen)
    {
        GraphNode input = graph.Nodes[known.InputsOf(node.Index)[0]];
        if (input is not { Operation: ConvolutionOperation, Shape.Length: 3 } || OnlyReaderOf(input) != node || isSeen(input.Index) || isSeen(node.Index))
        {
            return null;
        }

        GraphNode? reader = OnlyReaderOf(node);
        if (reader is not null && ExecutionPlan.IsClamp(reader))
        {
            reader = isSeen(reader.Index) ? null : OnlyReaderOf(reader);
        }

        return reader is { Operation: ConvolutionOperation convolution } && ConvolutionKernels.Normalizes(convolution, input.Shape[0]) ? reader : null;
    }

    /// <summary>Tells whether what a BatchNorm reads is computed by the convolution that reads the BatchNorm.</summary>
    /// <param name="node">The BatchNorm.</param>
    /// <param name="reader">The convolution.</param>
    public bool IsComputedBy(GraphNode node, GraphNode reader)
    {
        GraphNode input = graph.Nodes[known.InputsOf(node.Index)[0]];
        return input.Operation is ConvolutionOperation product && ConvolutionKernels.IsPointwise(product)
            && ConvolutionKernels.IsDepthwise((ConvolutionOperation)reader.Operation, input.Shape[0])
            && graph.Nodes[known.InputsOf(input.Index)[0]].Shape[0] <= MostChannels;
    }

    private GraphNode? OnlyReaderOf(GraphNode node) => node.Index != known.ValueOf(graph.Output.Index) && readers[node.Index] is [var only] ? only : null;
}
