using RankNas.Constraints;
using RankNas.Latency;

namespace RankNas;

/// <summary>The built-in constraints on the builder. A search scores only what all of its constraints admit.</summary>
public static class ConstraintBuilderExtensions
{
    /// <summary>Searches only architectures whose networks have at most the given number of parameters.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="parameters">The largest number admitted, at least 1.</param>
    public static NasBuilder AddMaxParameters(this NasBuilder builder, long parameters) => Add(builder, new MaxParameters(parameters));

    /// <summary>Searches only architectures whose networks need at most the given number of multiply-accumulates for one image.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="macs">The largest number admitted, at least 1.</param>
    public static NasBuilder AddMaxMacs(this NasBuilder builder, long macs) => Add(builder, new MaxMacs(macs));

    /// <summary>Searches only architectures whose networks take at most the given time: see <see cref="MaxLatency"/>.</summary>
    /// <remarks>Where it is measured, add it after other constraints, so that only architectures that they admit are measured.</remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="limit">The longest pass admitted, greater than 0.</param>
    /// <param name="source">Knows the latencies: a table, a model, or <see cref="TorchLatency"/>, which measures; one image is measured in libtorch on the CPU where null.</param>
    public static NasBuilder AddMaxLatency(this NasBuilder builder, TimeSpan limit, ILatencySource? source = null) =>
        Add(builder, new MaxLatency(limit, source));

    /// <summary>Searches only architectures that a function admits.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="admits">Tells whether an architecture may be scored; it gives the same answer each time, from any thread.</param>
    /// <param name="description">The condition, for people: <c>at most three stages</c>.</param>
    public static NasBuilder AddConstraint(this NasBuilder builder, Func<ConstraintCandidate, bool> admits, string description)
    {
        ArgumentNullException.ThrowIfNull(admits);
        ArgumentException.ThrowIfNullOrWhiteSpace(description);
        return Add(builder, new PredicateConstraint(admits, description));
    }

    private static NasBuilder Add(NasBuilder builder, IArchitectureConstraint constraint)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddConstraint(constraint);
    }
}
