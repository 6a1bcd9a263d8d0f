using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>A function that works element by element.</summary>
/// <param name="Function">The function.</param>
/// <param name="Slope">The slope of the negative side of <see cref="ActivationFunction.LeakyRelu"/>; others have none.</param>
public sealed record ActivationOperation(ActivationFunction Function, double Slope = 0) : GraphOperation
{
    internal override string ShortName => "act";

    internal override string Title => Function.ToString();

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs)
    {
        Require(Enum.IsDefined(Function), "there is no such function.");
        Require(Function == ActivationFunction.LeakyRelu ? double.IsFinite(Slope) : Slope == 0, "a slope is a number, and of LeakyRelu alone.");
        return Only(inputs);
    }
}
