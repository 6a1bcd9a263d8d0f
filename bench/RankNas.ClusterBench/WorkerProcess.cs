using System.Diagnostics;
using RankNas.Distributed.RabbitMq;
using RankNas.Distributed.Working;
using RankNas.Scores;
using RankNas.Scoring;

namespace RankNas.ClusterBench;

/// <summary>Workers in processes of their own.</summary>
internal sealed class WorkerProcess : IDisposable
{
    public static RabbitMqOptions Broker { get; } = new() { Prefix = "bench" };

    private readonly Process _process;

    private WorkerProcess(string mode, string address) =>
        _process = Process.Start("dotnet", [typeof(WorkerProcess).Assembly.Location, mode, address]);

    public static WorkerProcess[] Start(string mode, string address, int count) => [.. Enumerable.Range(0, count).Select(_ => new WorkerProcess(mode, address))];

    /// <summary>A worker of one thread with the built-in parts.</summary>
    public static Task RunAsync(string address) =>
        new ClusterWorker(new RabbitMqTransport(address, Broker), new ClusterWorkerOptions { Workers = 1 }).RunAsync();

    /// <summary>A worker whose scores take a millisecond each and are the same for the same architecture.</summary>
    public static Task RunFakeAsync(string address) => new ClusterWorker(
        new RabbitMqTransport(address, Broker), new ClusterWorkerOptions { Workers = 64, CreateEvaluator = _ => new Fake() }).RunAsync();

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private sealed class Fake : IArchitectureEvaluator
    {
        public int Parallelism => 64;

        public async Task<EvaluationOutcome> EvaluateAsync(EvaluationRequest request, CancellationToken cancellationToken = default)
        {
            await Task.Delay(1, cancellationToken);
            return new EvaluationOutcome([.. request.Proxies.Select(_ => Score.Of(request.Architecture.Length))], 0.001);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
