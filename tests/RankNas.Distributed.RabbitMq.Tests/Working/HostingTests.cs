using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RankNas.Distributed.Tests.Support;
using RankNas.Distributed.Working;
using static RankNas.Distributed.Tests.Support.Searches;

namespace RankNas.Distributed.Tests.Working;

public class HostingTests
{
    [Fact]
    public async Task AddRankNasWorker_HostRuns_ScoresAndIsHealthy()
    {
        await using var cluster = new Cluster();
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddRankNasWorker(_ => cluster.Broker.CreateTransport(), new ClusterWorkerOptions { Workers = 1, CreateEvaluator = _ => new FakeEvaluator() });
        using IHost host = builder.Build();
        HealthCheckService health = host.Services.GetRequiredService<HealthCheckService>();
        (await health.CheckHealthAsync(TestContext.Current.CancellationToken)).Status.Should().Be(HealthStatus.Unhealthy);

        await host.StartAsync(TestContext.Current.CancellationToken);
        SearchResult result = await cluster.SearchAsync(Builder(30));

        result.Ranked.Should().HaveCount(30);
        HealthReport report = await health.CheckHealthAsync(TestContext.Current.CancellationToken);
        report.Status.Should().Be(HealthStatus.Healthy);
        report.Entries[ClusterServiceCollectionExtensions.HealthCheckName].Data["architectures"].Should().Be(30L);
        await host.StopAsync(TestContext.Current.CancellationToken);
        host.Services.GetRequiredService<ClusterWorker>().IsReady.Should().BeFalse();
    }

    [Fact]
    public async Task CheckHealth_WorkerThatRefusesASearch_IsDegradedWithTheReason()
    {
        await using var cluster = new Cluster();
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddRankNasWorker(
            _ => cluster.Broker.CreateTransport(), new ClusterWorkerOptions { Workers = 1, Numerics = "other", CreateEvaluator = _ => new FakeEvaluator() });
        using IHost host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        Task<SearchResult> search = cluster.SearchAsync(Builder(30), Cluster.Quick with { RefusalPatience = TimeSpan.FromMinutes(5) });
        ClusterWorker worker = host.Services.GetRequiredService<ClusterWorker>();
        await Cluster.UntilAsync(() => !worker.Refusals.IsEmpty);

        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

        report.Status.Should().Be(HealthStatus.Degraded);
        report.Entries[ClusterServiceCollectionExtensions.HealthCheckName].Description.Should().Contain("computes by other");
        cluster.Start();
        await search;
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void AddRankNasWorker_WrongAddress_IsSaidAtOnceWithoutThePassword()
    {
        FluentActions.Invoking(() => new ServiceCollection().AddRankNasWorker("http://user:secret@host")).Should().Throw<FormatException>()
            .Which.Message.Should().Contain("amqp://").And.NotContain("secret");
    }
}
