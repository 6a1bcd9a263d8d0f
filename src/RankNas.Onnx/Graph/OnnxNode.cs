using System.Collections.Immutable;

namespace RankNas;

/// <summary>A node of an ONNX graph.</summary>
/// <param name="Operator">The operator's name.</param>
/// <param name="Name">The node's own name.</param>
/// <param name="Inputs">The names of what it takes: values and constants.</param>
/// <param name="Output">The name of the value that it gives.</param>
/// <param name="Attributes">Its settings.</param>
internal sealed record OnnxNode(
    string Operator, string Name, ImmutableArray<string> Inputs, string Output, ImmutableArray<OnnxAttribute> Attributes);
