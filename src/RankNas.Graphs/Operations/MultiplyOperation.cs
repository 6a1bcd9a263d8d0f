using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>The product of two values, element by element; their shapes broadcast.</summary>
public sealed record MultiplyOperation : GraphOperation
{
    internal override string ShortName => "multiply";

    internal override string Title => "a product";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs)
    {
        Require(inputs.Length == 2, "it takes two inputs.");
        return Broadcast(inputs[0], inputs[1]);
    }
}
