using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>Zeros for each image.</summary>
/// <param name="Shape">Their shape without the batch.</param>
public sealed record ZerosOperation(ImmutableArray<int> Shape) : GraphOperation
{
    internal override string ShortName => "zeros";

    internal override string Title => "zeros";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs)
    {
        Require(inputs.IsEmpty && Shape.Length is > 0 and <= MostDimensions && Shape.All(size => size > 0) && ElementsOf(Shape) > 0, "it takes no input, and every size is at least 1.");
        return Shape;
    }

    /// <inheritdoc/>
    public bool Equals(ZerosOperation? other) => other is not null && Shape.SequenceEqual(other.Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => Shape.Aggregate(nameof(ZerosOperation).Length, HashCode.Combine);
}
