using Microsoft.Extensions.DependencyInjection;
using RankNas.Distributed.Hosting;
using RankNas.Distributed.RabbitMq;
using RankNas.Distributed.Working;

namespace RankNas;

/// <summary>Registers workers of a cluster as services.</summary>
public static class ClusterServiceCollectionExtensions
{
    /// <summary>The name of the worker's health check.</summary>
    public const string HealthCheckName = "ranknas-worker";

    /// <summary>Adds a worker that scores for the searches of a cluster while the host runs, and its health check.</summary>
    /// <param name="services">The services.</param>
    /// <param name="address">The broker, such as <c>amqps://user:password@host/virtual-host</c>.</param>
    /// <param name="options">What the worker is and knows.</param>
    /// <param name="broker">How the broker is used: as the searches use it.</param>
    /// <exception cref="FormatException">The address is none.</exception>
    public static IServiceCollection AddRankNasWorker(
        this IServiceCollection services, string address, ClusterWorkerOptions? options = null, RabbitMqOptions? broker = null)
    {
        _ = BrokerAddress.Parse(address);
        return services.AddRankNasWorker(provider => new RabbitMqTransport(address, broker, LoggerOf(provider)), options);
    }

    /// <summary>As the other, by any transport.</summary>
    /// <param name="services">The services.</param>
    /// <param name="createTransport">Creates the worker's way to the cluster, which the worker disposes.</param>
    /// <param name="options">What the worker is and knows.</param>
    public static IServiceCollection AddRankNasWorker(
        this IServiceCollection services, Func<IServiceProvider, IClusterTransport> createTransport, ClusterWorkerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(createTransport);
        services.AddSingleton(provider => new ClusterWorker(createTransport(provider), options ?? new ClusterWorkerOptions(), LoggerOf(provider)));
        services.AddHostedService<ClusterWorkerHost>();
        services.AddHealthChecks().AddCheck<ClusterWorkerHealthCheck>(HealthCheckName);
        return services;
    }

    private static ILogger? LoggerOf(IServiceProvider provider) => provider.GetService<ILoggerFactory>()?.CreateLogger(Diagnostics.RankNasDiagnostics.Name);
}
