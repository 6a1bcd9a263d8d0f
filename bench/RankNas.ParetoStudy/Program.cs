using System.Collections.Immutable;
using System.Globalization;
using RankNas;
using RankNas.Correlation;
using RankNas.Evaluation;
using RankNas.Images;
using RankNas.Latency;
using RankNas.NatsBench;
using RankNas.Pareto;
using RankNas.Ranking;
using RankNas.SearchSpaces;
using RankNas.Storage.Sqlite;
using RankNas.Strategies;

// How much of the true front of accuracy against latency a search finds that sees proxies and latencies. The store has docs/data/nats-tss-scores.csv.gz; RANKNAS_DATA is the folder of
// accuracies, latencies and images:
// dotnet run -c Release --project bench/RankNas.ParetoStudy -- STORE [SEEDS [BUDGET…]]
const double LeastAccuracy = 80;
string[] devices = ["edgegpu", "raspi4", "edgetpu", "pixel3", "eyeriss", "fpga"];
string folder = Environment.GetEnvironmentVariable("RANKNAS_DATA") ?? throw new InvalidOperationException("Set RANKNAS_DATA to the folder of the data.");
int seeds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 30;
int[] budgets = args.Length > 2 ? [.. args.Skip(2).Select(text => int.Parse(text, CultureInfo.InvariantCulture))] : [100, 200, 500];

var space = new NatsTopologySpace();
AccuracyTable accuracies = AccuracyTable.ReadCsv(Path.Combine(folder, "nats-tss-accuracy.csv"), space);
ProbeImages images = ProbeImages.FromCifar10(Path.Combine(folder, "cifar10-train-400.bin"));
SqliteScoreStore store = await SqliteScoreStore.OpenAsync(args[0]).ConfigureAwait(false);
await using (store.ConfigureAwait(false))
{
    Console.WriteLine("| device | strategy | architectures | hypervolume (%) | 95 % interval | on the front |");
    Console.WriteLine("|---|---|---:|---:|---:|---:|");
    foreach (string device in devices)
    {
        LatencyTable table = LatencyTable.ReadCsv(Path.Combine(folder, "hw-nas-bench-nats-tss-cifar10.csv"), $"{device}_latency", space, accuracies.AtIndex);
        Architecture[] viable = [.. table.Architectures.Where(space.IsViable)];
        ImmutableArray<double>[] all = [.. viable.Select(architecture => PointOf(architecture, table))];
        ImmutableArray<double>[] front = [.. ParetoSet.NonDominated(all).Select(place => all[place])];

        // What is slower than the slowest of the true front, or less accurate than is of use, does not count.
        double[] reference = [100 - LeastAccuracy, front.Max(point => point[1])];
        double whole = ParetoSet.Hypervolume(front, reference);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {device} | the true front of {viable.Length:N0} | {viable.Length:N0} | 100.0 | | {front.Length} |"));
        SearchResult known = await RunAsync(table, new ExhaustiveSearch(), (int)space.Count, 0).ConfigureAwait(false);
        Write(device, "the front by proxies of all", known.Evaluations, [(VolumeOf(known, table, reference) / whole, known.ParetoFront.Length)]);
        foreach (int budget in budgets)
        {
            foreach (ISearchStrategy strategy in (ISearchStrategy[])[new ParetoSearch(), new RandomSearch()])
            {
                var found = new List<(double, int)>();
                for (int seed = 0; seed < seeds; seed++)
                {
                    SearchResult result = await RunAsync(table, strategy, budget, seed).ConfigureAwait(false);
                    found.Add((VolumeOf(result, table, reference) / whole, result.ParetoFront.Length));
                }

                Write(device, strategy.Id, budget, [.. found]);
            }
        }
    }
}

Task<SearchResult> RunAsync(LatencyTable table, ISearchStrategy strategy, int budget, int seed) => NasBuilder.Create()
    .UseSpace(space).UseImages(images, 128).AddNaswot().AddLogSynFlow().AddSkipDepth().UseAggregator(new RankSum())
    .AddConstraint(candidate => table.Contains(candidate.Architecture), "a known latency")
    .AddObjective(Objectives.Latency(table))
    .UseScoreStore(store).AcceptOtherNumerics()
    .UseStrategy(strategy).WithBudget(budget).WithStrategySeed(seed)
    .Build().RunAsync();

double VolumeOf(SearchResult result, LatencyTable table, double[] reference) =>
    ParetoSet.Hypervolume([.. result.ParetoFront.Select(scored => PointOf(scored.Architecture, table))], reference);

ImmutableArray<double> PointOf(Architecture architecture, LatencyTable table) => [100 - accuracies.Find(architecture)!["cifar10"].Test!.Value, table.MillisecondsOf(architecture)];

static void Write(string device, string strategy, int budget, (double Share, int Size)[] found)
{
    Estimate share = MeanInterval.Of([.. found.Select(one => 100 * one.Share)]);
    string interval = found.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $"{share.Low:0.0} to {share.High:0.0}") : "";
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {device} | {strategy} | {budget:N0} | {share.Value:0.0} | {interval} | {found.Average(one => one.Size):0.0} |"));
}
