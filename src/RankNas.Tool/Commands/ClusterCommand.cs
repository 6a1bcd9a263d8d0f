using RankNas.Distributed.RabbitMq;
using RankNas.Distributed.Watching;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas cluster status</c>: who is there, and what waits.</summary>
internal static class ClusterCommand
{
    public static Command Create(TextWriter output)
    {
        var command = new ToolCommand("cluster", "Looks at a cluster.", "status --cluster amqp://HOST", "ranknas cluster status --cluster amqp://broker")
        {
            CreateStatus(output),
        };
        command.SetAction(ExitCodeOf);
        return command;

        static int ExitCodeOf(ParseResult parsed) => throw new UsageException("cluster does one thing: write ranknas cluster status.");
    }

    private static ToolCommand CreateStatus(TextWriter output)
    {
        var broker = new BrokerOptions(isRequired: true);
        Option<bool> json = JsonOutput.CreateOption();
        var command = new ToolCommand(
            "status", "Shows workers, searches and queues.", "--cluster amqp://HOST [options]", "ranknas cluster status --cluster amqp://broker --json");
        broker.AddTo(command);
        command.AddGroup(ToolCommand.OutputGroup, json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RabbitMqTransport transport = broker.CreateTransport(parsed);
            await using (transport.ConfigureAwait(false))
            {
                ClusterStatus status = await ClusterStatus.ReadAsync(transport, wait: null, cancellationToken).ConfigureAwait(false);
                JsonOutput.WriteOr(output, parsed.GetValue(json), status, Write);
                return ExitCode.Done;
            }
        });
        return command;
    }

    private static void Write(TextWriter output, ClusterStatus status, int? width)
    {
        if (status.Workers.IsEmpty)
        {
            output.WriteLine("No worker is there: start one by ranknas worker --cluster ADDRESS.");
        }
        else
        {
            WriteWorkers(output, status, width);
        }

        output.WriteLine();
        if (status.Searches.IsEmpty)
        {
            output.WriteLine("No search is there.");
            return;
        }

        new TextTable(
            [new TextColumn("search", [.. status.Searches.Select(search => search.Search)], IsText: true)],
            [
                new TextColumn("space", [.. status.Searches.Select(search => search.Space)], IsText: true),
                Numbers("units waiting", status.Searches.Select(search => search.UnitsWaiting)),
                Numbers("replies waiting", status.Searches.Select(search => search.RepliesWaiting)),
                new TextColumn("numerics", [.. status.Searches.Select(search => search.Numerics)], IsText: true),
            ]).Write(output, width);
    }

    private static void WriteWorkers(TextWriter output, ClusterStatus status, int? width)
    {
        new TextTable(
            [new TextColumn("worker", [.. status.Workers.Select(worker => worker.Worker)], IsText: true)],
            [
                Numbers("threads", status.Workers.Select(worker => (long)worker.Threads)),
                Numbers("units in hand", status.Workers.Select(worker => (long)worker.UnitsInHand)),
                Numbers("scored", status.Workers.Select(worker => worker.Architectures)),
                Numbers("in the last minute", status.Workers.Select(worker => (long)worker.LastMinute)),
                Numbers("failed", status.Workers.Select(worker => worker.Failures)),
                new TextColumn("version", [.. status.Workers.Select(worker => worker.Version)], IsText: true),
                new TextColumn("numerics", [.. status.Workers.Select(worker => worker.Numerics)], IsText: true),
            ]).Write(output, width);
        foreach (WorkerStatus worker in status.Workers)
        {
            foreach ((string search, string reason) in worker.Refusals.OrderBy(refusal => refusal.Key, StringComparer.Ordinal))
            {
                output.WriteParagraph($"! {worker.Worker} does not score for {search}: {reason}", width);
            }
        }
    }

    private static TextColumn Numbers(string heading, IEnumerable<long> values) =>
        new(heading, NumberColumn.Of(values));
}
