using System.Collections.Concurrent;

namespace RankNas.Tests;

public class LocalEvaluatorTests
{
    [Fact]
    public async Task AWorkerWithoutANetwork_HelpsWithTheOthers()
    {
        // Each part waits for the other.
        using var together = new Barrier(2);
        var met = new ConcurrentBag<bool>();
        var proxy = new FunctionProxy("sharing", (_, _) =>
        {
            SharedCores.ForEachPart(2, _ => met.Add(together.SignalAndWait(TimeSpan.FromMinutes(1))));
            return 1;
        });

        await Searches.Tiny().AddProxy(proxy).WithWorkers(2).WithBudget(1).Build().RunAsync(TestContext.Current.CancellationToken);

        met.Should().Equal(true, true);
    }

    [Fact]
    public async Task OneWorker_WorksOnOneThread()
    {
        var threads = new ConcurrentBag<int>();
        var proxy = new FunctionProxy("alone", (_, _) =>
        {
            SharedCores.ForEachPart(8, _ =>
            {
                Thread.Sleep(1);
                threads.Add(Environment.CurrentManagedThreadId);
            });
            return 1;
        });

        await Searches.Tiny().AddProxy(proxy).WithWorkers(1).WithBudget(1).Build().RunAsync(TestContext.Current.CancellationToken);

        threads.Should().HaveCount(8);
        threads.Distinct().Should().ContainSingle();
    }
}
