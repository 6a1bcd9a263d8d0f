using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>Prepends a trainable token.</summary>
public sealed record ClassTokenOperation : GraphOperation
{
    internal override string ShortName => "class_token";

    internal override string Title => "a class token";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs) => Only(inputs) is [var tokens, var features]
        ? [checked(tokens + 1), features]
        : throw new GraphException("it takes [tokens, F]: reshape and transpose images first.");

    // The node is the parameter.
    internal override IEnumerable<(string Suffix, ImmutableArray<int> Shape)> ParametersOf(ImmutableArray<ImmutableArray<int>> inputs) => [("", [1, 1, inputs[0][1]])];
}
