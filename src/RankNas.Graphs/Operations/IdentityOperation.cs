using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>The identity.</summary>
public sealed record IdentityOperation : GraphOperation
{
    internal override string ShortName => "identity";

    internal override string Title => "the identity";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs) => Only(inputs);
}
