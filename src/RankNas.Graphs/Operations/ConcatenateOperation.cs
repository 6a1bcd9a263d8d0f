using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>The concatenation of values along a dimension.</summary>
/// <param name="Axis">The dimension, not counting the batch.</param>
public sealed record ConcatenateOperation(int Axis) : GraphOperation
{
    internal override string ShortName => "concat";

    internal override string Title => "a concatenation";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs)
    {
        Require(inputs.Length > 1, "it takes two inputs at least.");
        ImmutableArray<int> first = inputs[0];
        RequireAxis(Axis, first);
        Require(
            inputs.All(input => input.Length == first.Length && input.SetItem(Axis, 0).SequenceEqual(first.SetItem(Axis, 0))),
            "all sizes but those along which values are joined must be alike.");
        return first.SetItem(Axis, inputs.Aggregate(0, (sum, input) => checked(sum + input[Axis])));
    }
}
