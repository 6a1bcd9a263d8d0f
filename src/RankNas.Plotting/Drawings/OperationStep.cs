using RankNas.Graphs.Operations;

namespace RankNas.Plotting.Drawings;

/// <summary>Operations that follow each other and are read by nobody else on the way, such as convolution, BatchNorm and ReLU: one line of a drawing.</summary>
/// <param name="Nodes">The operations, in their order.</param>
internal sealed record OperationStep(ImmutableArray<GraphNode> Nodes)
{
    private const int MostOperations = 4;

    public GraphNode Last => Nodes[^1];

    /// <summary>Puts operations together into steps: each has one operation that counts, and what comes right before and after it.</summary>
    /// <param name="graph">Their graph.</param>
    /// <param name="nodes">The operations, in their order.</param>
    public static List<OperationStep> Of(NetworkGraph graph, IEnumerable<GraphNode> nodes)
    {
        var steps = new List<OperationStep>();
        foreach (GraphNode node in nodes)
        {
            int before = node.Inputs is [var input] && graph.ReadersOf(graph.Nodes[input]).Take(2).Count() == 1 ? steps.FindIndex(step => step.Last.Index == input) : -1;
            if (before >= 0 && steps[before].Nodes.Length < MostOperations && (IsLight(node) || steps[before].Nodes.All(IsLight)))
            {
                steps[before] = new OperationStep(steps[before].Nodes.Add(node));
            }
            else
            {
                steps.Add(new OperationStep([node]));
            }
        }

        return steps;
    }

    public string Text(NetworkGraph graph) => string.Join(" · ", Nodes.Select(node => OperationText.Of(graph, node)));

    private static bool IsLight(GraphNode node) => node.Operation is BatchNormOperation or LayerNormOperation or ActivationOperation or DropoutOperation or IdentityOperation
        or ScaleOperation or ReshapeOperation or TransposeOperation or SliceOperation or SoftmaxOperation;
}
