using RankNas.Graphs.Operations;

namespace RankNas.Latency;

/// <summary>What a network's latency is explained by: for each kind of operation how many there are, their multiply-accumulates, and the bytes that they read and write.</summary>
internal static class LatencyFeatures
{
    /// <summary>The name of the constant part.</summary>
    public const string Constant = "constant";

    private const double Millions = 1e-6;
    private const int BytesOfAnElement = 4;

    /// <summary>Gets the features of a network that are not 0, by name; multiply-accumulates and bytes in millions.</summary>
    public static IReadOnlyDictionary<string, double> Of(NetworkGraph graph)
    {
        var features = new SortedDictionary<string, double>(StringComparer.Ordinal) { [Constant] = 1 };
        ILookup<int, GraphParameter> parameters = graph.Parameters.ToLookup(parameter => parameter.Node);
        foreach (GraphNode node in graph.Nodes.Where(graph.IsLive))
        {
            if (KindOf(node.Operation, graph, node) is not { } kind)
            {
                continue;
            }

            long elements = node.Elements + node.Inputs.Sum(input => graph.Nodes[input].Elements) + parameters[node.Index].Sum(parameter => parameter.Elements);
            Add(kind, "count", 1);
            Add(kind, "macs", Millions * graph.CostOf(node).Macs);
            Add(kind, "bytes", Millions * BytesOfAnElement * elements);
        }

        return features;

        void Add(string kind, string what, double value)
        {
            if (value > 0)
            {
                string name = $"{kind} {what}";
                features[name] = features.GetValueOrDefault(name) + value;
            }
        }
    }

    // Null for what a runtime does nothing for. Kernels of other sizes run at other speeds.
    private static string? KindOf(GraphOperation operation, NetworkGraph graph, GraphNode node) => operation switch
    {
        InputOperation or IdentityOperation or DropoutOperation or ReshapeOperation or ZerosOperation => null,
        ConvolutionOperation convolution =>
            $"{(convolution.Groups > 1 && convolution.Groups == graph.Nodes[node.Inputs[0]].Shape[0] ? "depthwise" : convolution.Groups > 1 ? "grouped" : "convolution")} {convolution.Kernel}",
        _ => operation.GetType().Name.Replace("Operation", "", StringComparison.Ordinal).ToLowerInvariant(),
    };
}
