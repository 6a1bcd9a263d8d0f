using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>The input of a network: images, sequences or rows of a table.</summary>
/// <param name="Shape">Their shape, <c>[C, H, W]</c>, <c>[T, F]</c> or <c>[F]</c>.</param>
public sealed record InputOperation(ImmutableArray<int> Shape) : GraphOperation
{
    internal override string ShortName => "images";

    internal override string Title => "the input";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs)
    {
        Require(inputs.IsEmpty && Shape.Length is 1 or 2 or 3 && Shape.All(size => size > 0), "it takes no input and gives images [C, H, W], sequences [T, F] or rows [F].");
        return Shape;
    }

    /// <inheritdoc/>
    public bool Equals(InputOperation? other) => other is not null && Shape.SequenceEqual(other.Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => Shape.Aggregate(nameof(InputOperation).Length, HashCode.Combine);
}
