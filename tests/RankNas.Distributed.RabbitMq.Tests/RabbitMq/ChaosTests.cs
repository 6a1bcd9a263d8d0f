using System.Globalization;
using RankNas.Distributed.Tests.Support;

namespace RankNas.Distributed.Tests.RabbitMq;

/// <summary>Workers, the search and the broker killed at random, while the search goes on. RANKNAS_KILLS says how often, RANKNAS_CHAOS_SEED which.</summary>
[Trait("Category", "Campaign")]
public sealed class ChaosTests : IDisposable
{
    private const int Workers = 3;

    private readonly TempFolder _folder = new();
    private readonly int _kills = NumberOf("RANKNAS_KILLS", 6);
    private readonly int _seed = NumberOf("RANKNAS_CHAOS_SEED", 1);

    // So many architectures that all kills find the search at work.
    private int Budget => 60 * _kills;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Search_AnybodyKilledAtAnyTime_IsThatOfOneMachine()
    {
        await using RabbitMqServer server = await RabbitMqServer.StartAsync();
        var random = new Random(_seed);
        ProbeProcess[] workers = [.. Enumerable.Range(0, Workers).Select(_ => Worker(server))];
        ProbeProcess search = Search(server);
        var killed = new int[3];
        try
        {
            for (int kill = 0; kill < _kills; kill++)
            {
                await Task.Delay(random.Next(200, 3000), TestContext.Current.CancellationToken);
                search = StartAgainIfItFoundNoBroker(search, () => Search(server));
                workers = [.. workers.Select(worker => StartAgainIfItFoundNoBroker(worker, () => Worker(server)))];
                search.HasEnded.Should().BeFalse("it has more to do than {0} kills take: {1}", kill, search.Errors);
                int whom = random.Next(10);
                killed[whom < 6 ? 0 : whom < 9 ? 1 : 2]++;
                if (whom < 6)
                {
                    int worker = random.Next(Workers);
                    workers[worker].Dispose();
                    workers[worker] = Worker(server);
                }
                else if (whom < 9)
                {
                    search.Dispose();
                    search = Search(server);
                }
                else
                {
                    await server.KillAsync();
                    await server.StartAgainAsync();
                }
            }

            search = StartAgainIfItFoundNoBroker(search, () => Search(server));
            await search.EndAsync(seconds: 600);
            search.ExitCode.Should().Be(0, search.Errors);
        }
        finally
        {
            Array.ForEach(workers, worker => worker.Dispose());
            search.Dispose();
        }

        using ProbeProcess alone = ProbeProcess.Search("-", "alone", _folder.File("alone"), budget: Budget, strategy: "random");
        await alone.EndAsync(seconds: 600);
        string[] found = await File.ReadAllLinesAsync(_folder.File("found"), TestContext.Current.CancellationToken);
        found.Should().Equal(await File.ReadAllLinesAsync(_folder.File("alone"), TestContext.Current.CancellationToken));
        found.Should().HaveCount(Budget);
        TestContext.Current.TestOutputHelper!.WriteLine($"{killed[0]} kills of workers, {killed[1]} of the search, {killed[2]} of the broker: {found.Length} architectures, none lost.");
    }

    // As a supervisor does: one that starts while the broker is away says so and ends.
    private static ProbeProcess StartAgainIfItFoundNoBroker(ProbeProcess process, Func<ProbeProcess> start)
    {
        if (!process.HasEnded || process.ExitCode == 0)
        {
            return process;
        }

        process.Errors.Should().MatchRegex("No broker answers|cannot be used");
        process.Dispose();
        return start();
    }

    private static ProbeProcess Worker(RabbitMqServer server) => ProbeProcess.Worker(server.Address, "chaos", milliseconds: 150);

    private ProbeProcess Search(RabbitMqServer server) =>
        ProbeProcess.Search(server.Address, "chaos", _folder.File("found"), _folder.File("scores.db"), Budget, "random");

    private static int NumberOf(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : otherwise;
}
