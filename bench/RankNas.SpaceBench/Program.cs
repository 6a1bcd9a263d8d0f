using System.Diagnostics;
using System.Globalization;
using CustomSpace;
using RankNas;
using RankNas.Ranking;
using RankNas.SearchSpaces;
using RankNas.SpaceBench;

// How much faster the sample's space is scored by its graphs than by hooks on the same networks as hand-written modules, in one run:
// dotnet run -c Release --project bench/RankNas.SpaceBench -- [ARCHITECTURES [BATCH [ROUNDS [WORKERS]]]]
int[] defaults = [24, 128, 3, Environment.ProcessorCount];
int[] numbers = [.. args.Take(4).Select(number => int.Parse(number, CultureInfo.InvariantCulture)), .. defaults.Skip(args.Length)];
(int count, int batch, int rounds, int workers) = (numbers[0], numbers[1], numbers[2], numbers[3]);

var described = new MobileSpace();
var random = new Random(1);
string[] texts = [.. Enumerable.Range(0, 4 * count * (rounds + 1)).Select(_ => described.Sample(random).Text).Distinct().Take(count * (rounds + 1))];
(ISearchSpace Space, ArchitectureScorer Scorer)[] sides = [.. ((ISearchSpace[])[described, new MobileModules()]).Select(space =>
    (space, NasBuilder.Create().UseSpace(space).AddNaswot().AddLogSynFlow().WithBatchSize(batch).WithWorkers(workers).BuildScorer()))];
var ratios = new List<double>();
double difference = 0;
foreach ((int round, string[] drawn) in texts.Chunk(count).Index())
{
    // By turns, so that what else the machine does hits both alike; the first round warms up.
    (double[] Scores, double Seconds)[] scored = new (double[], double)[2];
    foreach (int side in (int[])[round % 2, 1 - (round % 2)])
    {
        scored[side] = await ScoreAsync(sides[side], drawn).ConfigureAwait(false);
    }

    ((double[] byGraph, double ofGraph), (double[] byHooks, double ofHooks)) = (scored[0], scored[1]);
    difference = byGraph.Zip(byHooks, (one, other) => Math.Abs(one - other) / Math.Max(1, Math.Abs(other))).Append(difference).Max();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{(round == 0 ? "warming up: " : "")}graphs {ofGraph:F2} s, hooks {ofHooks:F2} s: {ofHooks / ofGraph:F2} times faster"));
    if (round > 0)
    {
        ratios.Add(ofHooks / ofGraph);
    }
}

ratios.Sort();
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{count} architectures a round, batch {batch}, {workers} workers: {ratios[ratios.Count / 2]:F2} times faster by graphs; scores differ by {difference:E1} at most"));
return 0;

static async Task<(double[] Scores, double Seconds)> ScoreAsync((ISearchSpace Space, ArchitectureScorer Scorer) side, string[] texts)
{
    var watch = Stopwatch.StartNew();
    IReadOnlyList<ScoredArchitecture> scored = await side.Scorer.ScoreAsync([.. texts.Select(side.Space.Parse)], CancellationToken.None).ConfigureAwait(false);
    return ([.. scored.SelectMany(one => one.Scores.Select(score => score.Value))], watch.Elapsed.TotalSeconds);
}
