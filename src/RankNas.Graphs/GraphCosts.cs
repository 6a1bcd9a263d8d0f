using RankNas.Graphs.Operations;

namespace RankNas.Graphs;

/// <summary>The costs of a network for one image, computed from its graph.</summary>
/// <param name="Parameters">The trainable scalars, including those of dead nodes.</param>
/// <param name="Macs">The multiply-accumulates of convolutions, linear layers and matrix products, of all nodes.</param>
/// <param name="Activations">
/// The number of elements that live nodes compute, the images included. Identity, dropout and reshapes count nothing.
/// </param>
/// <param name="PeakActivations">
/// The most of these elements alive at once, if nodes are computed in order, each into its own buffer, and a value is freed after its last use.
/// In float32, each takes 4 bytes.
/// </param>
/// <param name="Depth">The number of convolutions, linear layers and matrix products on the longest path from the images to the output.</param>
/// <param name="ReceptiveField">
/// The receptive field, in pixels of height and width, at the end of the convolutional part: before global pooling, reshapes and transpositions. If there are several ends, it is
/// the largest. It is not clipped to the images. Gates that use whole images (squeeze-and-excite) are not counted.
/// </param>
public sealed record GraphCosts(long Parameters, long Macs, long Activations, long PeakActivations, int Depth, Size2D ReceptiveField)
{
    internal static GraphCosts Of(NetworkGraph graph)
    {
        long parameters = 0, macs = 0;
        foreach (GraphParameter parameter in graph.Parameters)
        {
            parameters = checked(parameters + parameter.Elements);
        }

        foreach (GraphNode node in graph.Nodes)
        {
            macs = checked(macs + node.Operation.MacsOf(graph.InputShapesOf(node), node.Shape));
        }

        (long sum, long peak) = ActivationsOf(graph);
        return new GraphCosts(parameters, macs, sum, peak, DepthOf(graph), GraphFields.ReceptiveFieldOf(graph));
    }

    private static int DepthOf(NetworkGraph graph)
    {
        int[] depths = new int[graph.Nodes.Length];
        foreach (GraphNode node in graph.Nodes)
        {
            foreach (int input in node.Inputs)
            {
                depths[node.Index] = Math.Max(depths[node.Index], depths[input]);
            }

            depths[node.Index] += node.Operation is ConvolutionOperation or LinearOperation or MatrixProductOperation ? 1 : 0;
        }

        return depths[graph.Output.Index];
    }

    private static (long Sum, long Peak) ActivationsOf(NetworkGraph graph)
    {
        // Whose memory a node's value lies in, and who reads that last.
        int[] owners = new int[graph.Nodes.Length];
        int[] last = new int[graph.Nodes.Length];
        foreach (GraphNode node in graph.Nodes)
        {
            owners[node.Index] = node.Operation is IdentityOperation or DropoutOperation or ReshapeOperation ? owners[node.Inputs[0]] : node.Index;
            last[node.Index] = node.Index;
            foreach (int input in graph.IsLive(node) ? node.Inputs : [])
            {
                last[owners[input]] = node.Index;
            }
        }

        last[owners[graph.Output.Index]] = graph.Nodes.Length;
        ILookup<int, int> ends = Enumerable.Range(0, last.Length).ToLookup(index => last[index]);
        long sum = 0, held = 0, peak = 0;
        foreach (GraphNode node in graph.Nodes.Where(graph.IsLive))
        {
            long own = owners[node.Index] == node.Index ? node.Elements : 0;
            (sum, held) = checked((sum + own, held + own));
            peak = Math.Max(peak, held);
            foreach (int ended in ends[node.Index])
            {
                held -= owners[ended] == ended && graph.IsLive(graph.Nodes[ended]) ? graph.Nodes[ended].Elements : 0;
            }
        }

        return (sum, peak);
    }
}
