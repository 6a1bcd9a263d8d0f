using System.Collections.Immutable;

namespace RankNas.Graphs.Operations;

/// <summary>A permutation of dimensions.</summary>
/// <param name="Axes">The old dimension for each new one, not counting the batch.</param>
public sealed record TransposeOperation(ImmutableArray<int> Axes) : GraphOperation
{
    internal override string ShortName => "transpose";

    internal override string Title => $"a transposition to {TextOf(Axes)}";

    internal override ImmutableArray<int> ShapeOf(ImmutableArray<ImmutableArray<int>> inputs)
    {
        ImmutableArray<int> input = Only(inputs);
        Require(
            Axes.Order().SequenceEqual(Enumerable.Range(0, input.Length)),
            FormattableString.Invariant($"the axes must be 0 to {input.Length - 1}, each once, not counting the batch."));
        return [.. Axes.Select(axis => input[axis])];
    }

    /// <inheritdoc/>
    public bool Equals(TransposeOperation? other) => other is not null && Axes.SequenceEqual(other.Axes);

    /// <inheritdoc/>
    public override int GetHashCode() => Axes.Aggregate(nameof(TransposeOperation).Length, HashCode.Combine);
}
