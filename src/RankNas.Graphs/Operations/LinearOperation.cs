using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>A linear layer over the last dimension.</summary>
/// <param name="OutFeatures">The number of output features.</param>
/// <param name="HasBias">Whether a bias is added.</param>
public sealed record LinearOperation(int OutFeatures, bool HasBias) : GraphOperation
{
    internal override string ShortName => "linear";

    internal override string Title => $"a linear layer to {OutFeatures} features";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs)
    {
        ImmutableArray<int> input = Only(inputs);
        Require(OutFeatures > 0, "it gives one feature at least.");
        Require(input.Length is 1 or 2, "it takes [F] or [tokens, F]: write Flatten() or GlobalAveragePool() before it.");
        return input.SetItem(input.Length - 1, OutFeatures);
    }

    internal override IEnumerable<(string Suffix, ImmutableArray<int> Shape)> ParametersOf(ImmutableArray<ImmutableArray<int>> inputs) => HasBias
        ? [("weight", [OutFeatures, inputs[0][^1]]), ("bias", [OutFeatures])]
        : [("weight", [OutFeatures, inputs[0][^1]])];

    internal override long MacsOf(ImmutableArray<ImmutableArray<int>> inputs, ImmutableArray<int> output) => checked(ElementsOf(inputs[0]) * OutFeatures);
}
