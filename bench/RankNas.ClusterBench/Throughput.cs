using System.Diagnostics;
using System.Globalization;
using RankNas.Distributed;
using RankNas.Distributed.RabbitMq;
using RankNas.Distributed.Searching;
using RankNas.Scoring;

namespace RankNas.ClusterBench;

/// <summary>Many requests of a millisecond each through one broker: how many a second, and whether the searcher's memory stays flat.</summary>
internal static class Throughput
{
    private const int Steps = 10;

    public static async Task RunAsync(string address, int units, int workers)
    {
        WorkerProcess[] processes = WorkerProcess.Start("fake-worker", address, workers);
        try
        {
            EvaluatorSettings? settings = null;
            await NasBuilder.Create().UseNatsSize().AddNaswot().WithBatchSize(4).UseRandomSearch().WithBudget(1).UseEvaluator((given, _) =>
            {
                settings = given;
                return ValueTask.FromResult<IArchitectureEvaluator>(new OneAnswer());
            }).Build().RunAsync();

            ClusterEvaluator evaluator = await ClusterEvaluator.OpenAsync(
                new RabbitMqTransport(address, WorkerProcess.Broker), settings!, new ClusterOptions { MostOnTheWay = 4096 }, CancellationToken.None);
            await using (evaluator)
            {
                await SendAsync(evaluator, settings!, 0, 1000);
                Console.WriteLine("requests   a second   searcher's memory, MB");
                long start = Stopwatch.GetTimestamp();
                for (int step = 0; step < Steps; step++)
                {
                    await SendAsync(evaluator, settings!, 1000 + (step * (units / Steps)), units / Steps);
                    GC.Collect();
                    int done = (step + 1) * (units / Steps);
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{done,8:N0}   {done / Stopwatch.GetElapsedTime(start).TotalSeconds,8:N0}   {Process.GetCurrentProcess().WorkingSet64 / 1e6,8:N0} ({GC.GetTotalMemory(false) / 1e6:N1} managed)"));
                }
            }
        }
        finally
        {
            Array.ForEach(processes, process => process.Dispose());
        }
    }

    private static Task SendAsync(ClusterEvaluator evaluator, EvaluatorSettings settings, int first, int count) => Parallel.ForEachAsync(
        Enumerable.Range(first, count),
        new ParallelOptions { MaxDegreeOfParallelism = evaluator.Parallelism },
        async (number, token) =>
        {
            var request = new EvaluationRequest(settings.Scope, string.Create(CultureInfo.InvariantCulture, $"architecture {number}"), settings.Proxies);
            await evaluator.EvaluateAsync(request, token);
            await evaluator.KeptAsync(request, token);
        });

    private sealed class OneAnswer : IArchitectureEvaluator
    {
        public int Parallelism => 1;

        public Task<EvaluationOutcome> EvaluateAsync(EvaluationRequest request, CancellationToken cancellationToken = default) =>
            Task.FromResult(new EvaluationOutcome([.. request.Proxies.Select(_ => Scores.Score.Of(1))], 0));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
