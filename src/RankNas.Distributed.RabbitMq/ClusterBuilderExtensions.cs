using RankNas.Distributed;
using RankNas.Distributed.RabbitMq;
using RankNas.Distributed.Searching;

namespace RankNas;

/// <summary>Scoring on many machines, on the builder.</summary>
public static class ClusterBuilderExtensions
{
    /// <summary>Has the workers of a cluster score, over RabbitMQ 3.10 or newer. The result is that of this machine alone, to the last digit.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="address">The broker, such as <c>amqps://user:password@host/virtual-host</c>.</param>
    /// <param name="options">How the broker is used: as the workers use it.</param>
    /// <param name="cluster">How the search works with its workers.</param>
    /// <exception cref="FormatException">The address is none.</exception>
    public static NasBuilder UseRabbitMq(this NasBuilder builder, string address, RabbitMqOptions? options = null, ClusterOptions? cluster = null)
    {
        // What is wrong with the address is said where it is written.
        _ = BrokerAddress.Parse(address);
        return builder.UseCluster(logger => new RabbitMqTransport(address, options, logger), cluster);
    }

    /// <summary>Has the workers of a cluster score, by any transport.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="createTransport">Creates the search's way to the cluster at the start of a run, which disposes it at its end.</param>
    /// <param name="options">How the search works with its workers.</param>
    public static NasBuilder UseCluster(this NasBuilder builder, Func<ILogger, IClusterTransport> createTransport, ClusterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(createTransport);
        ClusterOptions cluster = options ?? new ClusterOptions();
        cluster.Check();
        return builder.UseEvaluator(
            async (settings, cancellationToken) =>
                await ClusterEvaluator.OpenAsync(createTransport(settings.Logger), settings, cluster, cancellationToken).ConfigureAwait(false),
            cluster.Numerics);
    }
}
