using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>LayerNorm over the last dimension, with weight and bias.</summary>
/// <param name="Epsilon">The constant added to the variance.</param>
public sealed record LayerNormOperation(double Epsilon) : GraphOperation
{
    internal override string ShortName => "norm";

    internal override string Title => "LayerNorm";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs)
    {
        Require(Epsilon > 0 && double.IsFinite(Epsilon), "epsilon is above 0.");
        return Only(inputs);
    }

    internal override IEnumerable<(string Suffix, ImmutableArray<int> Shape)> ParametersOf(ImmutableArray<ImmutableArray<int>> inputs) =>
        [("weight", [inputs[0][^1]]), ("bias", [inputs[0][^1]])];
}
