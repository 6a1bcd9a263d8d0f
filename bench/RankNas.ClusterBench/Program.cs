using System.Globalization;
using RankNas.ClusterBench;

// throughput ADDRESS [UNITS] [WORKERS] · scaling ADDRESS [ARCHITECTURES] [BATCH] · simulate [ARCHITECTURES] [BATCH] · fake-worker ADDRESS
int NumberAt(int place, int otherwise) => args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : otherwise;

switch (args)
{
    case ["throughput", string address, ..]:
        await Throughput.RunAsync(address, NumberAt(2, 1_000_000), NumberAt(3, 2));
        return 0;
    case ["scaling", string address, ..]:
        await Scaling.RunAsync(address, NumberAt(2, 120), NumberAt(3, 64));
        return 0;
    case ["simulate", ..]:
        await Simulation.RunAsync(NumberAt(1, 400), NumberAt(2, 128));
        return 0;
    case ["fake-worker", string address]:
        await WorkerProcess.RunFakeAsync(address);
        return 0;
    case ["worker", string address]:
        await WorkerProcess.RunAsync(address);
        return 0;
    default:
        await Console.Error.WriteLineAsync("Write: throughput ADDRESS [UNITS] [WORKERS], scaling ADDRESS [ARCHITECTURES] [BATCH], or simulate [ARCHITECTURES] [BATCH].");
        return 2;
}
