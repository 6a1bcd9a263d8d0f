using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using RankNas.Distributed.Working;

namespace RankNas.Distributed.Hosting;

/// <summary>Runs a worker for as long as its host runs. Where it cannot start, the host ends.</summary>
internal sealed class ClusterWorkerHost(ClusterWorker worker) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => worker.RunAsync(stoppingToken), stoppingToken);
}

/// <summary>Healthy while the worker is connected, degraded while it refuses a search.</summary>
internal sealed class ClusterWorkerHealthCheck(ClusterWorker worker) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object> { ["worker"] = worker.Name, ["numerics"] = worker.Numerics, ["architectures"] = worker.Architectures };
        return Task.FromResult(
            !worker.IsReady ? new HealthCheckResult(context.Registration.FailureStatus, "The worker is not connected.", data: data)
            : worker.Refusals is [{ } reason, ..] ? HealthCheckResult.Degraded(reason, data: data)
            : HealthCheckResult.Healthy("The worker is connected.", data));
    }
}
