using System.Diagnostics;
using System.Globalization;
using CustomSpace;
using RankNas;
using RankNas.SpaceBench;

// How much faster the sample's space is scored by its graphs than by hooks on the same networks as hand-written modules, in one run:
// dotnet run -c Release --project bench/RankNas.SpaceBench -- [ARCHITECTURES] [BATCH] [ROUNDS] [WORKERS]
int[] numbers = [.. args.Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
(int count, int batch, int rounds) = (numbers.ElementAtOrDefault(0) is > 0 and var n ? n : 24, numbers.ElementAtOrDefault(1) is > 0 and var b ? b : 128, numbers.ElementAtOrDefault(2) is > 0 and var r ? r : 3);
int workers = numbers.ElementAtOrDefault(3) is > 0 and var w ? w : Environment.ProcessorCount;

var described = new MobileSpace();
var random = new Random(1);
string[] texts = [.. Enumerable.Range(0, 10 * count).Select(_ => described.Sample(random).Text).Distinct().Take(count)];
var ratios = new List<double>();
double difference = 0;
for (int round = 0; round <= rounds; round++)
{
    // By turns, so that what else the machine does hits both alike; the first round warms up.
    (double[][] byGraph, double ofGraph) = await ScoreAsync(described).ConfigureAwait(false);
    (double[][] byHooks, double ofHooks) = await ScoreAsync(new MobileModules()).ConfigureAwait(false);
    difference = byGraph.Zip(byHooks).SelectMany(pair => pair.First.Zip(pair.Second, (a, c) => Math.Abs(a - c) / Math.Max(1, Math.Abs(c)))).Append(difference).Max();
    if (round > 0)
    {
        ratios.Add(ofHooks / ofGraph);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"graphs {ofGraph:F2} s, hooks {ofHooks:F2} s: {ofHooks / ofGraph:F2} times faster"));
    }
}

ratios.Sort();
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{count} architectures, batch {batch}, {workers} workers: {ratios[ratios.Count / 2]:F2} times faster by graphs; scores differ by {difference:E1} at most"));
return 0;

async Task<(double[][] Scores, double Seconds)> ScoreAsync(ISearchSpace space)
{
    ArchitectureScorer scorer = NasBuilder.Create().UseSpace(space).AddNaswot().AddLogSynFlow().WithBatchSize(batch).WithWorkers(workers).BuildScorer();
    await using (scorer.ConfigureAwait(false))
    {
        var watch = Stopwatch.StartNew();
        IReadOnlyList<ScoredArchitecture> scored = await scorer.ScoreAsync([.. texts.Select(space.Parse)], CancellationToken.None).ConfigureAwait(false);
        return ([.. scored.Select(one => one.Scores.Select(score => score.Value).ToArray())], watch.Elapsed.TotalSeconds);
    }
}
