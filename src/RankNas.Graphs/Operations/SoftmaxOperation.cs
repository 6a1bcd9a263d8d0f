using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>eˣ divided by its sum over a dimension.</summary>
/// <param name="Axis">The dimension, not counting the batch.</param>
public sealed record SoftmaxOperation(int Axis) : GraphOperation
{
    internal override string ShortName => "softmax";

    internal override string Title => "a softmax";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs)
    {
        RequireAxis(Axis, Only(inputs));
        return Only(inputs);
    }
}
