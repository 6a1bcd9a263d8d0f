using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>A slice of a dimension.</summary>
/// <param name="Axis">The dimension, not counting the batch.</param>
/// <param name="Start">The first index.</param>
/// <param name="Length">The length of the slice.</param>
public sealed record SliceOperation(int Axis, int Start, int Length) : GraphOperation
{
    internal override string ShortName => "slice";

    internal override string Title => $"a slice of {Length} from {Start}";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs)
    {
        ImmutableArray<int> input = Only(inputs);
        RequireAxis(Axis, input);
        Require(Start >= 0 && Length > 0 && (long)Start + Length <= input[Axis], FormattableString.Invariant($"the part must lie within 0 to {input[Axis]}."));
        return input.SetItem(Axis, Length);
    }
}
