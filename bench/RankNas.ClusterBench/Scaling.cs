using System.Diagnostics;
using System.Globalization;
using RankNas.Distributed;

namespace RankNas.ClusterBench;

/// <summary>The same search by this process, and by 1, 2 and 3 worker processes of one thread each.</summary>
internal static class Scaling
{
    public static async Task RunAsync(string address, int architectures, int batch)
    {
        double alone = await MeasureAsync(Search(architectures, batch).WithWorkers(1));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"this process, one thread      {alone:0.0} s"));
        for (int workers = 1; workers <= 3; workers++)
        {
            WorkerProcess[] processes = WorkerProcess.Start("worker", address, workers);
            try
            {
                // The workers start up, fetch the images and compile their loops by a search that is not timed.
                await MeasureAsync(Search(60 * workers, batch).WithStrategySeed(workers).UseRabbitMq(address, WorkerProcess.Broker));
                double seconds = await MeasureAsync(Search(architectures, batch).UseRabbitMq(address, WorkerProcess.Broker, new ClusterOptions()));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{workers} worker{(workers == 1 ? " " : "s")} of one thread       {seconds:0.0} s, {alone / seconds:0.00} times this process"));
            }
            finally
            {
                Array.ForEach(processes, process => process.Dispose());
            }
        }
    }

    private static NasBuilder Search(int architectures, int batch) => NasBuilder.Create()
        .UseNatsTopology().AddNoiseImmunity().AddNaswot().AddLogSynFlow().UseRandomSearch().WithBatchSize(batch).WithBudget(architectures);

    private static async Task<double> MeasureAsync(NasBuilder builder)
    {
        NasExperiment search = builder.Build();
        long start = Stopwatch.GetTimestamp();
        await search.RunAsync();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
