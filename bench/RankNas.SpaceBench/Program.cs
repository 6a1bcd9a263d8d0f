using System.Diagnostics;
using System.Globalization;
using CustomSpace;
using RankNas;
using RankNas.Ranking;
using RankNas.SearchSpaces;
using RankNas.SpaceBench;

// How much faster a space is scored by its graphs than by hooks on the same networks as modules, in one run. Without a space it is the sample's, beside hand-written modules:
// dotnet run -c Release --project bench/RankNas.SpaceBench -- [SPACE] [ARCHITECTURES [BATCH [ROUNDS [WORKERS]]]]
ISearchSpace? named = args.Length > 0 && !char.IsAsciiDigit(args[0][0]) ? SpaceCatalog.Create(args[0]) : null;
int[] defaults = [24, 128, 3, Environment.ProcessorCount];
int[] given = [.. args.Skip(named is null ? 0 : 1).Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
int[] numbers = [.. given, .. defaults.Skip(given.Length)];
(int count, int batch, int rounds, int workers) = (numbers[0], numbers[1], numbers[2], numbers[3]);

ISearchSpace described = named ?? new MobileSpace();
ISearchSpace modules = named is null ? new MobileModules() : new HookedSpace(named);
var random = new Random(1);
string[] texts = [.. Enumerable.Range(0, 4 * count * (rounds + 1)).Select(_ => described.Sample(random).Text).Distinct().Take(count * (rounds + 1))];
(ISearchSpace Space, ArchitectureScorer Scorer)[] sides = [.. ((ISearchSpace[])[described, modules]).Select(space =>
    (space, NasBuilder.Create().UseSpace(space).AddNaswot().AddLogSynFlow().WithBatchSize(batch).WithWorkers(workers).BuildScorer()))];
var ratios = new List<double>();
double[] differences = [0, 0];
foreach ((int round, string[] drawn) in texts.Chunk(count).Index())
{
    // By turns, so that what else the machine does hits both alike; the first round warms up.
    (double[] Scores, double Seconds)[] scored = new (double[], double)[2];
    foreach (int side in (int[])[round % 2, 1 - (round % 2)])
    {
        scored[side] = await ScoreAsync(sides[side], drawn).ConfigureAwait(false);
    }

    ((double[] byGraph, double ofGraph), (double[] byHooks, double ofHooks)) = (scored[0], scored[1]);
    foreach ((int place, (double one, double other)) in byGraph.Zip(byHooks).Index())
    {
        int proxy = place % differences.Length;
        differences[proxy] = Math.Max(differences[proxy], Math.Abs(one - other) / Math.Max(1, Math.Abs(other)));
    }

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
    $"{count} architectures a round, batch {batch}, {workers} workers: {ratios[ratios.Count / 2]:F2} times faster by graphs; NASWOT differs by {differences[0]:E1} at most, LogSynFlow by {differences[1]:E1}"));
return 0;

static async Task<(double[] Scores, double Seconds)> ScoreAsync((ISearchSpace Space, ArchitectureScorer Scorer) side, string[] texts)
{
    var watch = Stopwatch.StartNew();
    IReadOnlyList<ScoredArchitecture> scored = await side.Scorer.ScoreAsync([.. texts.Select(side.Space.Parse)], CancellationToken.None).ConfigureAwait(false);
    return ([.. scored.SelectMany(one => one.Scores.Select(score => score.Value))], watch.Elapsed.TotalSeconds);
}
