using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using static Onnx.TensorProto.Types;

namespace RankNas.Fitting.Quantizing;

/// <summary>Writes QuantizeLinear and DequantizeLinear into a graph.</summary>
internal sealed class QdqWriter(GraphProto graph, QuantizationPlan plan, IReadOnlyDictionary<string, ValueRange> ranges)
{
    private const int LargestWeight = sbyte.MaxValue;

    // A bias is to use 30 bits at most.
    private const double LargestBias = 1 << 30;

    private readonly Dictionary<string, TensorProto> _constants = graph.Initializer.ToDictionary(constant => constant.Name, StringComparer.Ordinal);

    public void Write()
    {
        NodeProto[] nodes = [.. graph.Node];
        HashSet<string> outputs = [.. graph.Output.Select(output => output.Name)];
        graph.Node.Clear();
        foreach (string input in graph.Input.Select(input => input.Name).Where(plan.Tensors.Contains).ToArray())
        {
            AddQuantized(input, input, Dequantized(input));
        }

        foreach (NodeProto node in nodes)
        {
            if (plan.Layers.Contains(node))
            {
                QuantizeWeights(node);
            }

            for (int input = 0; input < node.Input.Count; input++)
            {
                if (plan.Tensors.Contains(node.Input[input]))
                {
                    node.Input[input] = outputs.Contains(node.Input[input]) ? node.Input[input] : Dequantized(node.Input[input]);
                }
            }

            graph.Node.Add(node);
            for (int output = 0; output < node.Output.Count; output++)
            {
                string name = node.Output[output];
                if (plan.Tensors.Contains(name))
                {
                    bool isLast = outputs.Contains(name);
                    node.Output[output] = isLast ? $"{name}.float" : name;
                    AddQuantized(name, node.Output[output], isLast ? name : Dequantized(name));
                }
            }
        }

        RemoveUnread();
    }

    private static string Dequantized(string tensor) => $"{tensor}.dequantized";

    private void AddQuantized(string tensor, string from, string to)
    {
        ValueRange range = ranges[plan.RangeOf(tensor)];
        string scale = Add($"{tensor}.scale", DataType.Float, [], MemoryMarshal.AsBytes([range.Scale]));
        string zero = Add($"{tensor}.zero_point", DataType.Uint8, [], [range.ZeroPoint]);
        graph.Node.Add(new NodeProto { OpType = "QuantizeLinear", Name = $"{tensor}.quantize", Input = { from, scale, zero }, Output = { $"{tensor}.quantized" } });
        graph.Node.Add(new NodeProto { OpType = "DequantizeLinear", Name = $"{tensor}.dequantize", Input = { $"{tensor}.quantized", scale, zero }, Output = { to } });
    }

    private void QuantizeWeights(NodeProto layer)
    {
        TensorProto weight = _constants[layer.Input[1]];
        float[] weights = FloatsOf(weight);
        float[] biases = layer.Input.Count > 2 && layer.Input[2].Length > 0 ? FloatsOf(_constants[layer.Input[2]]) : [];
        double input = ranges[plan.RangeOf(layer.Input[0])].Scale;
        bool byChannel = layer.OpType == "Conv";
        int channels = byChannel ? (int)weight.Dims[0] : 1;
        int size = weights.Length / channels;
        float[] scales = new float[channels];
        sbyte[] stored = new sbyte[weights.Length];
        for (int channel = 0; channel < channels; channel++)
        {
            ReadOnlySpan<float> own = weights.AsSpan(channel * size, size);
            double largest = Largest(own) / LargestWeight;
            double bias = biases.Length == 0 ? 0 : byChannel ? Math.Abs(biases[channel]) : Largest(biases);

            // The bias has the scale of the products: where weights are next to nothing, theirs has to hold it.
            double scale = Math.Max(largest, bias / (input * LargestBias));
            scales[channel] = scale > 1e-30 ? (float)scale : 1;
            for (int place = 0; place < size; place++)
            {
                stored[channel * size + place] = (sbyte)Math.Clamp(Math.Round(own[place] / scales[channel]), -LargestWeight, LargestWeight);
            }
        }

        layer.Input[1] = AddDequantized($"{layer.Output[0]}.weight", DataType.Int8, weight.Dims, MemoryMarshal.AsBytes<sbyte>(stored), scales, [.. new byte[channels]], byChannel);
        if (biases.Length > 0)
        {
            int[] whole = [.. biases.Select((value, place) => (int)Math.Round(value / (input * scales[byChannel ? place : 0])))];
            float[] products = [.. scales.Select(scale => (float)(input * scale))];
            layer.Input[2] = AddDequantized($"{layer.Output[0]}.bias", DataType.Int32, [biases.Length], MemoryMarshal.AsBytes<int>(whole), products, new byte[sizeof(int) * channels], byChannel);
        }
    }

    private string AddDequantized(string name, DataType type, IEnumerable<long> shape, ReadOnlySpan<byte> stored, float[] scales, ReadOnlySpan<byte> zeros, bool byChannel)
    {
        long[] scaleShape = byChannel ? [scales.Length] : [];
        var node = new NodeProto
        {
            OpType = "DequantizeLinear",
            Name = $"{name}.dequantize",
            Input =
            {
                Add($"{name}.quantized", type, shape, stored),
                Add($"{name}.scale", DataType.Float, scaleShape, MemoryMarshal.AsBytes<float>(scales)),
                Add($"{name}.zero_point", type, scaleShape, zeros),
            },
            Output = { Dequantized(name) },
        };
        if (byChannel)
        {
            node.Attribute.Add(new AttributeProto { Name = "axis", Type = AttributeProto.Types.AttributeType.Int, I = 0 });
        }

        graph.Node.Add(node);
        return node.Output[0];
    }

    private string Add(string name, DataType type, IEnumerable<long> shape, ReadOnlySpan<byte> bytes)
    {
        graph.Initializer.Add(new TensorProto { Name = name, DataType = (int)type, Dims = { shape }, RawData = ByteString.CopyFrom(bytes) });
        return name;
    }

    private void RemoveUnread()
    {
        HashSet<string> read = [.. graph.Node.SelectMany(node => node.Input), .. graph.Output.Select(output => output.Name)];
        TensorProto[] kept = [.. graph.Initializer.Where(constant => read.Contains(constant.Name))];
        graph.Initializer.Clear();
        graph.Initializer.AddRange(kept);
    }

    private static double Largest(ReadOnlySpan<float> values)
    {
        double largest = 0;
        foreach (float value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }

    private static float[] FloatsOf(TensorProto constant) =>
        constant.RawData.IsEmpty ? [.. constant.FloatData] : MemoryMarshal.Cast<byte, float>(constant.RawData.Span).ToArray();
}
