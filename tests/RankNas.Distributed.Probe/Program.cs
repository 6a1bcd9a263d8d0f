using System.Globalization;
using RankNas;
using RankNas.Distributed;
using RankNas.Distributed.Probe;
using RankNas.Distributed.RabbitMq;
using RankNas.Distributed.Working;
using RankNas.Images;
using RankNas.Strategies;

// worker ADDRESS PREFIX, or search ADDRESS PREFIX STORE SEED BUDGET FILE STRATEGY; without an address (-) the search scores by itself.
var options = new RabbitMqOptions { Prefix = args[2], Heartbeat = TimeSpan.FromSeconds(2), MostDeliveries = 4 };
if (args[0] == "worker")
{
    using var ending = new CancellationTokenSource();
    using var signal = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, context =>
    {
        context.Cancel = true;
        ending.Cancel();
    });
    var parts = new WorkerParts([], [new Costly()], [], []);
    await new ClusterWorker(new RabbitMqTransport(args[1], options), new ClusterWorkerOptions { Workers = 2, Parts = parts }).RunAsync(ending.Token);
    return 0;
}

NasBuilder builder = NasBuilder.Create()
    .UseNatsTopology()
    .UseImages(ProbeImages.Synthetic(count: 4), 4)
    .AddProxy(new Costly()).AddParameterCount()
    .UseStrategy(args[7] == "random" ? new RandomSearch() : new AgingEvolution())
    .WithSeed(long.Parse(args[4], CultureInfo.InvariantCulture))
    .WithBudget(int.Parse(args[5], CultureInfo.InvariantCulture));
if (args[1] != "-")
{
    builder.UseRabbitMq(args[1], options, new ClusterOptions { Notify = Console.Error.WriteLine });
}

if (args[3] != "-")
{
    builder.UseScoreStore(args[3]);
}

try
{
    SearchResult result = await builder.Build().RunAsync();
    await File.WriteAllLinesAsync(args[6], result.Ranked.Select(one => string.Create(
        CultureInfo.InvariantCulture, $"{one.Architecture} {string.Join(' ', one.Scores.Select(score => score.Failure ?? score.ToString()))}")));
    return 0;
}
catch (ClusterException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
