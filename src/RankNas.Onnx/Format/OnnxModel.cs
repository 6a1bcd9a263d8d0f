using System.Collections.Immutable;

namespace RankNas;

/// <summary>Writes a graph as an ONNX model.</summary>
/// <remarks>The messages and their field numbers are those of onnx.proto3, <see href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3"/>.</remarks>
internal static class OnnxModel
{
    private const string Producer = "RankNas";
    private const string BatchDimension = "batch";
    private const long Float = 1;
    private const long Int64 = 7;

    public static ReadOnlyMemory<byte> Write(OnnxGraph graph, OnnxValue output, OnnxOptions options)
    {
        ProtobufMessage message = new ProtobufMessage()
            .Write(1, IrVersionOf(options.Opset))
            .Write(2, Producer)
            .Write(7, GraphOf(graph, output, options))
            .Write(8, new ProtobufMessage().Write(1, "").Write(2, options.Opset));
        return message
            .WriteEach(
                InputNormalization.Metadata(options).Where(pair => !options.Metadata.ContainsKey(pair.Key)).Concat(options.Metadata).OrderBy(pair => pair.Key, StringComparer.Ordinal),
                (model, pair) => model.Write(14, new ProtobufMessage().Write(1, pair.Key).Write(2, pair.Value)))
            .ToMemory();
    }

    // The version that came out with each set of operators.
    private static long IrVersionOf(int opset) => opset switch { <= 18 => 8, <= 20 => 9, _ => 10 };

    private static ProtobufMessage GraphOf(OnnxGraph graph, OnnxValue output, OnnxOptions options)
    {
        HashSet<string> used = [.. graph.Nodes.SelectMany(node => node.Inputs)];
        return new ProtobufMessage()
            .WriteEach(graph.Nodes, (message, node) => message.Write(1, NodeOf(node)))
            .Write(2, "network")
            .WriteEach(graph.Constants.Where(constant => used.Contains(constant.Name)), (message, constant) => message.Write(5, ConstantOf(constant)))
            .Write(11, ValueOf(graph.Input, options))
            .Write(12, ValueOf(output, options));
    }

    private static ProtobufMessage NodeOf(OnnxNode node) => new ProtobufMessage()
        .WriteEach(node.Inputs, (message, input) => message.Write(1, input))
        .Write(2, node.Output)
        .Write(3, node.Name)
        .Write(4, node.Operator)
        .WriteEach(node.Attributes, (message, attribute) => message.Write(5, AttributeOf(attribute)));

    private static ProtobufMessage AttributeOf(OnnxAttribute attribute)
    {
        const long floatType = 1, intType = 2, intsType = 7;
        ProtobufMessage message = new ProtobufMessage().Write(1, attribute.Name);
        return attribute.Value switch
        {
            float number => message.Write(2, number).Write(20, floatType),
            long number => message.Write(3, number).Write(20, intType),
            ImmutableArray<long> numbers => message.WriteEach(numbers, (list, number) => list.Write(8, number)).Write(20, intsType),
            _ => throw new InvalidOperationException($"The attribute '{attribute.Name}' is a {attribute.Value.GetType().Name}."),
        };
    }

    private static ProtobufMessage ConstantOf(OnnxConstant constant) => new ProtobufMessage()
        .WriteEach(constant.Shape, (message, size) => message.Write(1, size))
        .Write(2, constant.IsInteger ? Int64 : Float)
        .Write(8, constant.Name)
        .Write(9, constant.Bytes);

    private static ProtobufMessage ValueOf(OnnxValue value, OnnxOptions options)
    {
        ProtobufMessage batch = options.BatchSize is { } size ? new ProtobufMessage().Write(1, size) : new ProtobufMessage().Write(2, BatchDimension);
        ProtobufMessage shape = new ProtobufMessage()
            .Write(1, batch)
            .WriteEach(value.Shape, (message, length) => message.Write(1, new ProtobufMessage().Write(1, length)));
        ProtobufMessage tensor = new ProtobufMessage().Write(1, Float).Write(2, shape);
        return new ProtobufMessage().Write(1, value.Name).Write(2, new ProtobufMessage().Write(1, tensor));
    }
}
