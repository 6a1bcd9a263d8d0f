using RankNas.Distributed.Tests.Support;

namespace RankNas.Distributed.Tests.RabbitMq;

/// <summary>Real processes and a real broker, killed at any time.</summary>
public abstract class FailureTests : IAsyncLifetime
{
    private RabbitMqServer? _server;

    private protected TempFolder Folder { get; } = new();

    private protected RabbitMqServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await RabbitMqServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task ShouldBeThatOfOneMachineAsync(ProbeProcess search, string file, int budget = 60)
    {
        await search.EndAsync();
        search.ExitCode.Should().Be(0, search.Errors);
        string[] found = await File.ReadAllLinesAsync(Folder.File(file), TestContext.Current.CancellationToken);
        found.Should().Equal(await AloneAsync(budget));
    }

    private protected async Task<string[]> AloneAsync(int budget)
    {
        using ProbeProcess alone = ProbeProcess.Search("-", "alone", Folder.File("alone"), budget: budget);
        await alone.EndAsync();
        alone.ExitCode.Should().Be(0, alone.Errors);
        return await File.ReadAllLinesAsync(Folder.File("alone"), TestContext.Current.CancellationToken);
    }
}
