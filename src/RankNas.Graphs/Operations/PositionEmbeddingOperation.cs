using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>A trainable value added to each position.</summary>
public sealed record PositionEmbeddingOperation : GraphOperation
{
    internal override string ShortName => "position_embedding";

    internal override string Title => "a position embedding";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs) =>
        Only(inputs) is [_, _] tokens ? tokens : throw new GraphException("it takes [tokens, F]: reshape and transpose images first.");

    // The node is the parameter.
    internal override IEnumerable<(string Suffix, ImmutableArray<int> Shape)> ParametersOf(ImmutableArray<ImmutableArray<int>> inputs) =>
        [("", [1, inputs[0][0], inputs[0][1]])];
}
