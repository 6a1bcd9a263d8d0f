using Google.Protobuf;
using Onnx;

namespace RankNas.Fitting.Quantizing;

/// <summary>Brings a graph into a form with the same outputs that is quantised better.</summary>
internal static class GraphPreparation
{
    /// <summary>Makes sums of two of sums of many, as only those have a form on integers, and computes once what is computed twice.</summary>
    public static void Prepare(GraphProto graph)
    {
        SplitSums(graph);
        MergeEqual(graph);
    }

    private static void SplitSums(GraphProto graph)
    {
        NodeProto[] nodes = [.. graph.Node];
        graph.Node.Clear();
        foreach (NodeProto node in nodes)
        {
            if (node.OpType != "Sum" || node.Input.Count < 2)
            {
                graph.Node.Add(node);
                continue;
            }

            string sum = node.Input[0];
            for (int input = 1; input < node.Input.Count; input++)
            {
                string name = input == node.Input.Count - 1 ? node.Output[0] : $"{node.Output[0]}.sum{input}";
                graph.Node.Add(new NodeProto { OpType = "Add", Name = $"{node.Name}.sum{input}", Input = { sum, node.Input[input] }, Output = { name } });
                sum = name;
            }
        }
    }

    // ONNX Runtime merges equal steps too, but not once each has a scale of its own. Networks of cells rectify a value once for each edge.
    private static void MergeEqual(GraphProto graph)
    {
        HashSet<string> outputs = [.. graph.Output.Select(output => output.Name)];
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var merged = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (NodeProto node in graph.Node.ToArray())
        {
            for (int input = 0; input < node.Input.Count; input++)
            {
                node.Input[input] = merged.GetValueOrDefault(node.Input[input], node.Input[input]);
            }

            if (node.Output.Count != 1 || outputs.Contains(node.Output[0]) || node.OpType.StartsWith("Random", StringComparison.Ordinal))
            {
                continue;
            }

            string step = new NodeProto { OpType = node.OpType, Domain = node.Domain, Input = { node.Input }, Attribute = { node.Attribute } }.ToByteString().ToBase64();
            if (known.TryGetValue(step, out string? same))
            {
                merged.Add(node.Output[0], same);
                graph.Node.Remove(node);
            }
            else
            {
                known.Add(step, node.Output[0]);
            }
        }
    }
}
