using Microsoft.Extensions.Logging;
using RankNas.Distributed.Working;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas worker</c>: scores for the searches of a cluster until it is told to end.</summary>
internal static class WorkerCommand
{
    public static Command Create(TextWriter errors)
    {
        var broker = new BrokerOptions(isRequired: true);
        var device = new DeviceOption("Where networks run", "cpu");
        var workers = new NumberOption<int>("--workers", "How many architectures are scored at once; 0 for one on each core, as far as memory allows.", 0, 0, NasBuilder.MostWorkers, 4);
        var name = new Option<string?>("--name") { Description = "The worker's name in 'ranknas cluster status'; by default, the machine's and a few letters.", HelpName = "NAME" };
        var load = new Option<string[]>("--load")
        {
            Description = "Assemblies with spaces and proxies of your own. Their code runs with all rights of this process.",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "DLL…",
        };
        var command = new ToolCommand(
            "worker",
            "Scores for every search of a cluster, until it is told to end.",
            "--cluster amqp://HOST [options]",
            "ranknas worker --cluster amqp://broker",
            "ranknas worker --cluster amqps://broker --device cuda --load MyProxies.dll");
        broker.AddTo(command);
        command.AddGroup(ToolCommand.NetworkGroup, device, workers, name, load);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            WorkerParts parts = (parsed.GetValue(load) ?? []).Select(WorkerParts.FromAssembly).Aggregate(WorkerParts.None, (all, one) => all.With(one));
            var options = new ClusterWorkerOptions { Devices = DeviceOption.Resolve(parsed.GetValue(device)), Parts = parts };
            if (parsed.GetValue(workers) is > 0 and int count)
            {
                options = options with { Workers = count };
            }

            if (parsed.GetValue(name) is { } own)
            {
                options = options with { Name = own };
            }

            var logger = new LineLogger(errors);
            var worker = new ClusterWorker(broker.CreateTransport(parsed, logger), options, logger);
            await worker.RunAsync(cancellationToken).ConfigureAwait(false);
            await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Worker {worker.Name} has ended after {worker.Architectures:N0} architectures.")).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Writes what happens, a line each.</summary>
    private sealed class LineLogger(TextWriter errors) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                errors.WriteLine(formatter(state, exception));
            }
        }
    }
}
