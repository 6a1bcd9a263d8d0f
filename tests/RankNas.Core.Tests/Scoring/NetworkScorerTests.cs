using RankNas.Core.Tests.Support;

namespace RankNas.Core.Tests.Scoring;

public class NetworkScorerTests
{
    [Fact]
    public async Task AConcurrentProxy_RunsOnTwoWorkersAtOnce()
    {
        using var together = new Barrier(2);
        var proxy = new FunctionProxy("meeting", (_, _) => together.SignalAndWait(TimeSpan.FromMinutes(1)) ? 1 : 0) { IsConcurrent = true };

        SearchResult result = await Searches.Tiny().AddProxy(proxy).WithWorkers(2).WithBudget(2).Build().RunAsync(TestContext.Current.CancellationToken);

        result.Ranked.Should().OnlyContain(candidate => candidate.Scores[0].Value == 1);
    }

    [Fact]
    public async Task AnyOtherProxy_RunsAlone_WhateverTheWorkers()
    {
        int inside = 0;
        int most = 0;
        var proxy = new FunctionProxy("alone", (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            Thread.Sleep(5);
            Interlocked.Decrement(ref inside);
            return 1;
        });

        await Searches.Tiny().AddProxy(proxy).AddProxy(new InputSum()).WithWorkers(4).WithBudget(24).Build().RunAsync(TestContext.Current.CancellationToken);

        most.Should().Be(1);
    }
}
