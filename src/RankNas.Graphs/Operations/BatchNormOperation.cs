using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>BatchNorm over images' channels, with weight, bias and running statistics.</summary>
/// <param name="Epsilon">The constant added to the variance.</param>
public sealed record BatchNormOperation(double Epsilon) : GraphOperation
{
    internal override string ShortName => "norm";

    internal override string Title => "BatchNorm";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs)
    {
        Require(Epsilon > 0 && double.IsFinite(Epsilon), "epsilon is above 0.");
        return Images(inputs);
    }

    internal override IEnumerable<(string Suffix, ImmutableArray<int> Shape)> ParametersOf(ImmutableArray<ImmutableArray<int>> inputs) =>
        [("weight", [inputs[0][0]]), ("bias", [inputs[0][0]])];
}
