using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>A value times a number.</summary>
/// <param name="Factor">The number.</param>
public sealed record ScaleOperation(double Factor) : GraphOperation
{
    internal override string ShortName => "scale";

    internal override string Title => "a scaling";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs)
    {
        Require(double.IsFinite(Factor), "the factor is a number.");
        return Only(inputs);
    }
}
