namespace RankNas.Constraints;

/// <summary>Admits networks with at most the given number of multiply-accumulates for one image.</summary>
/// <param name="limit">The largest number admitted, at least 1.</param>
public sealed class MaxMacs(long limit) : IArchitectureConstraint
{
    /// <summary>Gets the largest number admitted.</summary>
    public long Limit { get; } = limit >= 1
        ? limit
        : throw new ArgumentOutOfRangeException(nameof(limit), limit, $"The most multiply-accumulates are {limit}: there must be at least 1.");

    /// <inheritdoc/>
    public string Description => string.Create(CultureInfo.InvariantCulture, $"at most {Limit:N0} multiply-accumulates");

    /// <inheritdoc/>
    public bool Admits(ConstraintCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return candidate.Cost.Macs <= Limit;
    }
}
