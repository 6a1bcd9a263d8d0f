using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>The sum of two or more values, whose shapes broadcast.</summary>
public sealed record AddOperation : GraphOperation
{
    internal override string ShortName => "add";

    internal override string Title => "a sum";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs)
    {
        Require(inputs.Length > 1, "it takes two inputs at least.");
        return inputs.Aggregate(Broadcast);
    }
}
