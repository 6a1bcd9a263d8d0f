using RankNas.Distributed.Tests.Support;
using RankNas.Graphs;
using RankNas.SearchSpaces;

namespace RankNas.Distributed.Tests.RabbitMq;

/// <summary>Workers and searches that are killed.</summary>
[Trait("Category", "Campaign")]
public sealed class ProcessFailureTests : FailureTests
{
    [Fact]
    public async Task Search_WorkersKilledAtWork_IsThatOfOneMachine()
    {
        using ProbeProcess search = ProbeProcess.Search(Server.Address, "kills", Folder.File("found"));
        for (int round = 0; round < 3; round++)
        {
            using ProbeProcess worker = ProbeProcess.Worker(Server.Address, "kills", milliseconds: 100);
            await Task.Delay(2500, TestContext.Current.CancellationToken);
            worker.Kill();
        }

        using ProbeProcess last = ProbeProcess.Worker(Server.Address, "kills");
        await ShouldBeThatOfOneMachineAsync(search, "found");
    }

    [Fact]
    public async Task Search_KilledAndStartedAgain_IsThatOfOneMachine()
    {
        using ProbeProcess worker = ProbeProcess.Worker(Server.Address, "searcher", milliseconds: 60);
        for (int round = 0; round < 3; round++)
        {
            using ProbeProcess killed = ProbeProcess.Search(Server.Address, "searcher", Folder.File("found"), Folder.File("scores.db"), budget: 120);
            await Task.Delay(2500, TestContext.Current.CancellationToken);
            killed.Kill();
        }

        using ProbeProcess search = ProbeProcess.Search(Server.Address, "searcher", Folder.File("found"), Folder.File("scores.db"), budget: 120);
        await ShouldBeThatOfOneMachineAsync(search, "found", budget: 120);
    }

    [Fact]
    public async Task Search_NetworkThatEndsEveryWorker_FailsAlone()
    {
        string[] alone = await AloneAsync(60);
        var space = new NatsTopologySpace();
        long ParametersOf(string line) => space.CostOf(space.Parse(line.Split(' ')[0]), new NetworkShape()).Parameters;
        string lethal = alone.GroupBy(ParametersOf).First(same => same.Count() == 1).Single();
        using ProbeProcess search = ProbeProcess.Search(Server.Address, "lethal", Folder.File("found"));
        while (!search.HasEnded)
        {
            using ProbeProcess worker = ProbeProcess.Worker(Server.Address, "lethal", lethal: ParametersOf(lethal));
            while (!worker.HasEnded && !search.HasEnded)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }

        search.ExitCode.Should().Be(0, search.Errors);
        string[] found = await File.ReadAllLinesAsync(Folder.File("found"), TestContext.Current.CancellationToken);
        found.Where(line => line.Contains("went away", StringComparison.Ordinal)).Should().ContainSingle().Which.Should().StartWith(lethal.Split(' ')[0]);
    }
}
