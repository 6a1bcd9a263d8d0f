using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>Global pooling: the mean or the maximum of each channel.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="KeepsDimensions">Whether the output is <c>[C, 1, 1]</c> instead of <c>[C]</c>.</param>
public sealed record GlobalPoolingOperation(PoolingKind Kind, bool KeepsDimensions) : GraphOperation
{
    internal override string ShortName => "pool";

    internal override string Title => $"global {(Kind == PoolingKind.Average ? "average" : "max")} pooling";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs)
    {
        int channels = Images(inputs)[0];
        Require(Enum.IsDefined(Kind), "there is no such pooling.");
        return KeepsDimensions ? [channels, 1, 1] : [channels];
    }
}
