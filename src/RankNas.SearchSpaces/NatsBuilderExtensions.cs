using RankNas.SearchSpaces;

namespace RankNas;

/// <summary>NATS-Bench's spaces on the builder.</summary>
public static class NatsBuilderExtensions
{
    /// <summary>Searches NATS-Bench's topology space.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The space's settings; NATS-Bench's own if null.</param>
    public static TBuilder UseNatsTopology<TBuilder>(this TBuilder builder, NatsTopologyOptions? options = null)
        where TBuilder : INasBuilder
    {
        builder.UseSpace(new NatsTopologySpace(options));
        return builder;
    }

    /// <summary>Searches NATS-Bench's size space.</summary>
    /// <param name="builder">The builder.</param>
    public static TBuilder UseNatsSize<TBuilder>(this TBuilder builder)
        where TBuilder : INasBuilder
    {
        builder.UseSpace(new NatsSizeSpace());
        return builder;
    }
}
