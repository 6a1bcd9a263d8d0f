using RankNas.Distributed.Tests.Support;

namespace RankNas.Distributed.Tests.RabbitMq;

/// <summary>A broker that is killed, and a network that is cut.</summary>
[Trait("Category", "Campaign")]
public sealed class BrokerFailureTests : FailureTests
{
    [Fact]
    public async Task Search_BrokerKilledAndStartedAgain_IsThatOfOneMachine()
    {
        using ProbeProcess worker = ProbeProcess.Worker(Server.Address, "broker", milliseconds: 100);
        using ProbeProcess search = ProbeProcess.Search(Server.Address, "broker", Folder.File("found"), budget: 250);

        // A broker that is killed within a second of making a quorum queue may take half a minute to answer for it again.
        await Task.Delay(8000, TestContext.Current.CancellationToken);
        await Server.KillAsync();
        search.HasEnded.Should().BeFalse("it waits for the broker: {0}", search.Errors);
        await Server.StartAgainAsync();

        await ShouldBeThatOfOneMachineAsync(search, "found", budget: 250);
    }

    [Fact]
    public async Task Search_NetworkCut_GoesOnWhenItIsBack()
    {
        using var network = new TcpProxy(Server.Port);
        using ProbeProcess worker = ProbeProcess.Worker(Server.Address, "cut", milliseconds: 60);
        using ProbeProcess search = ProbeProcess.Search(network.Address, "cut", Folder.File("found"), budget: 100);
        using ProbeProcess far = ProbeProcess.Worker(network.Address, "cut", milliseconds: 60);

        // Far more than two connections and the search's announcement: scores are on their way.
        await network.PassAsync(40_000, TestContext.Current.CancellationToken);
        search.HasEnded.Should().BeFalse("it is cut half-way: {0}", search.Errors);
        network.IsCut = true;
        await Task.Delay(7000, TestContext.Current.CancellationToken);
        network.IsCut = false;

        await ShouldBeThatOfOneMachineAsync(search, "found", budget: 100);
    }
}
