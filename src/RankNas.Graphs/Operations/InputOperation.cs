using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>The input images of a network.</summary>
/// <param name="Shape">Their shape, <c>[C, H, W]</c>.</param>
public sealed record InputOperation(ImmutableArray<int> Shape) : GraphOperation
{
    internal override string ShortName => "images";

    internal override string Title => "the input";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs)
    {
        Require(inputs.IsEmpty && Shape is [> 0, > 0, > 0], "it takes no input and gives images [C, H, W].");
        return Shape;
    }

    /// <inheritdoc/>
    public bool Equals(InputOperation? other) => other is not null && Shape.SequenceEqual(other.Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => Shape.Aggregate(nameof(InputOperation).Length, HashCode.Combine);
}
