using RankNas.Distributed.Tests.Support;
using RankNas.Graphs;
using RankNas.SearchSpaces;

namespace RankNas.Distributed.Tests.RabbitMq;

/// <summary>Real processes and a real broker, killed at any time.</summary>
public sealed class FailureTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private RabbitMqServer? _server;

    private RabbitMqServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await RabbitMqServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Search_WorkersKilledAtWork_IsThatOfOneMachine()
    {
        using ProbeProcess search = ProbeProcess.Search(Server.Address, "kills", _folder.File("found"));
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
            using ProbeProcess killed = ProbeProcess.Search(Server.Address, "searcher", _folder.File("found"), _folder.File("scores.db"), budget: 120);
            await Task.Delay(2500, TestContext.Current.CancellationToken);
            killed.Kill();
        }

        using ProbeProcess search = ProbeProcess.Search(Server.Address, "searcher", _folder.File("found"), _folder.File("scores.db"), budget: 120);
        await ShouldBeThatOfOneMachineAsync(search, "found", budget: 120);
    }

    [Fact]
    public async Task Search_BrokerKilledAndStartedAgain_IsThatOfOneMachine()
    {
        using ProbeProcess worker = ProbeProcess.Worker(Server.Address, "broker", milliseconds: 100);
        using ProbeProcess search = ProbeProcess.Search(Server.Address, "broker", _folder.File("found"), budget: 100);
        await Task.Delay(3500, TestContext.Current.CancellationToken);
        await Server.KillAsync();
        search.HasEnded.Should().BeFalse("it waits for the broker: {0}", search.Errors);
        await Server.StartAgainAsync();

        await ShouldBeThatOfOneMachineAsync(search, "found", budget: 100);
    }

    [Fact]
    public async Task Search_NetworkCut_GoesOnWhenItIsBack()
    {
        using var network = new TcpProxy(Server.Port);
        using ProbeProcess worker = ProbeProcess.Worker(Server.Address, "cut", milliseconds: 60);
        using ProbeProcess search = ProbeProcess.Search(network.Address, "cut", _folder.File("found"), budget: 100);
        using ProbeProcess far = ProbeProcess.Worker(network.Address, "cut", milliseconds: 60);
        await Task.Delay(3000, TestContext.Current.CancellationToken);
        network.IsCut = true;
        await Task.Delay(7000, TestContext.Current.CancellationToken);
        network.IsCut = false;

        await ShouldBeThatOfOneMachineAsync(search, "found", budget: 100);
    }

    [Fact]
    public async Task Search_NetworkThatEndsEveryWorker_FailsAlone()
    {
        string[] alone = await AloneAsync(60);
        var space = new NatsTopologySpace();
        long ParametersOf(string line) => space.CostOf(space.Parse(line.Split(' ')[0]), new NetworkShape()).Parameters;
        string lethal = alone.GroupBy(ParametersOf).First(same => same.Count() == 1).Single();
        using ProbeProcess search = ProbeProcess.Search(Server.Address, "lethal", _folder.File("found"));
        while (!search.HasEnded)
        {
            using ProbeProcess worker = ProbeProcess.Worker(Server.Address, "lethal", lethal: ParametersOf(lethal));
            while (!worker.HasEnded && !search.HasEnded)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }

        search.ExitCode.Should().Be(0, search.Errors);
        string[] found = await File.ReadAllLinesAsync(_folder.File("found"), TestContext.Current.CancellationToken);
        found.Where(line => line.Contains("went away", StringComparison.Ordinal)).Should().ContainSingle().Which.Should().StartWith(lethal.Split(' ')[0]);
    }

    private async Task ShouldBeThatOfOneMachineAsync(ProbeProcess search, string file, int budget = 60)
    {
        await search.EndAsync();
        search.ExitCode.Should().Be(0, search.Errors);
        string[] found = await File.ReadAllLinesAsync(_folder.File(file), TestContext.Current.CancellationToken);
        found.Should().Equal(await AloneAsync(budget));
    }

    private async Task<string[]> AloneAsync(int budget)
    {
        using ProbeProcess alone = ProbeProcess.Search("-", "alone", _folder.File("alone"), budget: budget);
        await alone.EndAsync();
        alone.ExitCode.Should().Be(0, alone.Errors);
        return await File.ReadAllLinesAsync(_folder.File("alone"), TestContext.Current.CancellationToken);
    }
}
