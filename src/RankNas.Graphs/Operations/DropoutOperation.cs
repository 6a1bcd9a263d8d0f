using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>Dropout: in training, sets random values to 0 and scales the others up; else the identity.</summary>
/// <param name="Probability">The share of values set to 0, from 0 to below 1.</param>
public sealed record DropoutOperation(double Probability) : GraphOperation
{
    internal override string ShortName => "dropout";

    internal override string Title => "dropout";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs)
    {
        Require(Probability is >= 0 and < 1, "the probability is from 0 to below 1.");
        return Only(inputs);
    }
}
