using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>The product of matrices in the last two dimensions; the dimensions before them broadcast.</summary>
public sealed record MatrixProductOperation : GraphOperation
{
    internal override string ShortName => "matmul";

    internal override string Title => "a matrix product";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs)
    {
        Require(inputs.Length == 2 && inputs.All(input => input.Length >= 2), "it takes two inputs of two dimensions at least.");
        ImmutableArray<int> left = inputs[0], right = inputs[1];
        Require(left[^1] == right[^2], FormattableString.Invariant($"the first has {left[^1]} columns and the second {right[^2]} rows: transpose one of them."));
        return [.. Broadcast(left[..^2], right[..^2]), left[^2], right[^1]];
    }

    internal override long MacsOf(ImmutableArray<ImmutableArray<int>> inputs, ImmutableArray<int> output) => checked(ElementsOf(output) * inputs[0][^1]);
}
