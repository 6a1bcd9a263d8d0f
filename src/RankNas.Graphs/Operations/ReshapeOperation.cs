using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>A reshape, in the element order of <c>[C, H, W]</c>.</summary>
/// <param name="Shape">The shape without the batch.</param>
public sealed record ReshapeOperation(ImmutableArray<int> Shape) : GraphOperation
{
    internal override string ShortName => "reshape";

    internal override string Title => $"a reshape to {TextOf(Shape)}";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs)
    {
        Require(
            Shape.Length is > 0 and <= MostDimensions && Shape.All(size => size > 0) && ElementsOf(Shape) == ElementsOf(Only(inputs)),
            FormattableString.Invariant($"the shape must have 1 to {MostDimensions} dimensions and hold as many values, {ElementsOf(Only(inputs))}."));
        return Shape;
    }

    /// <inheritdoc/>
    public bool Equals(ReshapeOperation? other) => other is not null && Shape.SequenceEqual(other.Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => Shape.Aggregate(nameof(ReshapeOperation).Length, HashCode.Combine);
}
