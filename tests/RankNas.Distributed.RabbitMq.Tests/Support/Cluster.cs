using RankNas.Distributed.Transport;
using RankNas.Distributed.Working;
using RankNas.Scoring;

namespace RankNas.Distributed.Tests.Support;

/// <summary>A cluster in this process, whose workers score by fakes.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly List<(CancellationTokenSource Ending, Task Running)> _workers = [];

    public InMemoryBroker Broker { get; init; } = new();

    /// <summary>Quick rounds, so that tests wait for none.</summary>
    public static ClusterOptions Quick { get; } = new()
    {
        AnnouncePeriod = TimeSpan.FromMilliseconds(100),
        ResendAfter = TimeSpan.FromMilliseconds(500),
        RefusalPatience = TimeSpan.FromMilliseconds(500),
    };

    public ClusterWorker Start(ClusterWorkerOptions options, IClusterTransport? transport = null)
    {
        var worker = new ClusterWorker(transport ?? Broker.CreateTransport(), options with { PresencePeriod = TimeSpan.FromMilliseconds(50), Grace = TimeSpan.FromSeconds(1) });
        var ending = new CancellationTokenSource();
        _workers.Add((ending, worker.RunAsync(ending.Token)));
        return worker;
    }

    public ClusterWorker Start(IArchitectureEvaluator? evaluator = null, string? numerics = null, IClusterTransport? transport = null) =>
        Start(new ClusterWorkerOptions { Workers = 4, Numerics = numerics, CreateEvaluator = _ => evaluator ?? new FakeEvaluator() }, transport);

    public Task<SearchResult> SearchAsync(NasBuilder builder, ClusterOptions? options = null) =>
        builder.UseCluster(_ => Broker.CreateTransport(), options ?? Quick).Build().RunAsync(TestContext.Current.CancellationToken);

    /// <summary>Ends the worker that was started last.</summary>
    public async Task EndLastAsync()
    {
        (CancellationTokenSource ending, Task running) = _workers[^1];
        _workers.RemoveAt(_workers.Count - 1);
        await ending.CancelAsync();
        await running;
        ending.Dispose();
    }

    /// <summary>Waits until something holds.</summary>
    public static async Task UntilAsync(Func<bool> holds, int seconds = 20)
    {
        for (long end = Environment.TickCount64 + (1000L * seconds); !holds();)
        {
            Environment.TickCount64.Should().BeLessThan(end, "it should hold by now");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_workers.Count > 0)
        {
            await EndLastAsync();
        }
    }
}
