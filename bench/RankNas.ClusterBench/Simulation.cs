using System.Globalization;
using RankNas.Ranking;
using RankNas.SearchSpaces;

namespace RankNas.ClusterBench;

/// <summary>What fleets too large to try would do: the rounds of each strategy, scheduled over workers with unit times that were measured here.</summary>
/// <remarks>One worker in twenty is three times as slow as the others, and half of them join after a tenth of the work. A unit's way through the broker takes two milliseconds.</remarks>
internal static class Simulation
{
    private const int Budget = 10_000;
    private const double Latency = 0.002;
    private static readonly int[] Fleets = [2, 5, 10, 20, 50, 100, 200, 500];

    public static async Task RunAsync(int architectures, int batch)
    {
        double[] times = await MeasureAsync(architectures, batch);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Unit times of {times.Length} architectures of the topology space, batch {batch}: mean {times.Average():0.000} s, from {times.Min():0.000} to {times.Max():0.000} s."));
        (string Name, int Round, int RoundsAtOnce)[] strategies =
        [
            ("random, exhaustive (rounds of 1,024)", 1024, 1), ("genetic (generations of 100)", 100, 1), ("annealing (10 neighbours)", 10, 1),
            ("ageing (steps of 12)", 12, 1), ("ageing, 4 steps at once", 12, 4), ("ageing, 16 steps at once", 12, 16), ("ageing, 64 steps at once", 12, 64), ("ageing, 256 steps at once", 12, 256),
        ];
        Console.WriteLine($"| strategy | {string.Join(" | ", Fleets)} |");
        Console.WriteLine($"| --- |{string.Concat(Fleets.Select(_ => " --- |"))}");
        foreach ((string name, int round, int roundsAtOnce) in strategies)
        {
            Console.WriteLine($"| {name} | {string.Join(" | ", Fleets.Select(workers => EfficiencyOf(times, workers, round, roundsAtOnce).ToString("0.00", CultureInfo.InvariantCulture)))} |");
        }
    }

    private static async Task<double[]> MeasureAsync(int architectures, int batch)
    {
        ArchitectureScorer scorer = NasBuilder.Create().UseNatsTopology().AddNoiseImmunity().AddNaswot().AddLogSynFlow().WithBatchSize(batch).WithWorkers(1).BuildScorer();
        await using (scorer)
        {
            var space = new NatsTopologySpace();
            var random = new Random(1);
            IReadOnlyList<ScoredArchitecture> scored = await scorer.ScoreAsync(Enumerable.Range(0, architectures).Select(_ => space.Sample(random)));
            return [.. scored.Select(one => one.Seconds)];
        }
    }

    // The work done, over what the workers that were there could have done until the end.
    private static double EfficiencyOf(double[] times, int workers, int round, int roundsAtOnce)
    {
        var random = new Random(workers);
        double[] speed = [.. Enumerable.Range(0, workers).Select(worker => worker % 20 == 19 ? 1 / 3.0 : 1)];
        double work = Budget * times.Average();
        double join = 0.1 * work / speed.Take((workers + 1) / 2).Sum();
        double[] free = [.. Enumerable.Range(0, workers).Select(worker => worker < (workers + 1) / 2 ? 0 : join)];
        double[] ends = new double[(Budget + round - 1) / round];
        double done = 0;
        for (int step = 0; step < ends.Length; step++)
        {
            // A step begins once the one before those under way has ended, as its children join the population in order.
            double start = step < roundsAtOnce ? 0 : ends[step - roundsAtOnce];
            double end = step == 0 ? 0 : ends[step - 1];
            for (int unit = 0; unit < round; unit++)
            {
                int worker = First(free, start);
                double time = times[random.Next(times.Length)];
                free[worker] = Math.Max(free[worker], start) + Latency + (time / speed[worker]);
                end = Math.Max(end, free[worker]);
                done += time;
            }

            ends[step] = end;
        }

        double there = Enumerable.Range(0, workers).Sum(worker => speed[worker] * (ends[^1] - (worker < (workers + 1) / 2 ? 0 : Math.Min(join, ends[^1]))));
        return done / there;
    }

    // Whoever is free takes the next unit; of those that wait, any.
    private static int First(double[] free, double start)
    {
        int first = 0;
        for (int worker = 1; worker < free.Length; worker++)
        {
            if (Math.Max(free[worker], start) < Math.Max(free[first], start))
            {
                first = worker;
            }
        }

        return first;
    }
}
