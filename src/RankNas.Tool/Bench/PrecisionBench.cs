using System.Diagnostics;
using MathNet.Numerics.Statistics;
using RankNas.Correlation;
using RankNas.Images;
using RankNas.Scores;
using RankNas.Strategies;

namespace RankNas.Tool.Bench;

/// <summary>Scores the same architectures in float32 and in bfloat16, block by block in turn, to see what the shorter numbers save and lose.</summary>
internal static class PrecisionBench
{
    private const int Block = 20;
    private static readonly string[] ProxyIds = ["noise-immunity", .. ProxyOption.Paper];

    public static async Task<PrecisionBenchResult> RunAsync(
        ISearchSpace space, ProbeImages images, int architectures, int batch, IProgress<double> progress, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<Architecture> sample = new DistinctDraws(space, new Random(architectures), architectures).Take(architectures);
        var scores = new List<(ScoredArchitecture Exact, ScoredArchitecture Shortened)>();
        var ratios = new List<double>();
        ArchitectureScorer exact = ScorerOf(space, images, batch, Precision.Float32);
        ArchitectureScorer shortened = ScorerOf(space, images, batch, Precision.BFloat16);
        await using (exact.ConfigureAwait(false))
        await using (shortened.ConfigureAwait(false))
        {
            foreach (Architecture[] block in sample.Chunk(Block))
            {
                (IReadOnlyList<ScoredArchitecture> Scores, double Seconds) longer = await TimeAsync(exact, block, cancellationToken).ConfigureAwait(false);
                (IReadOnlyList<ScoredArchitecture> Scores, double Seconds) shorter = await TimeAsync(shortened, block, cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                scores.AddRange(longer.Scores.Zip(shorter.Scores));
                ratios.Add(longer.Seconds / shorter.Seconds);
                progress.Report((double)scores.Count / sample.Count);
            }
        }

        return new PrecisionBenchResult(
            space.Id, sample.Count, batch, ratios.Median(), ProxyIds.Index().ToDictionary(proxy => proxy.Item, proxy => LossOf(scores, proxy.Index)));
    }

    private static ArchitectureScorer ScorerOf(ISearchSpace space, ProbeImages images, int batch, Precision precision) => NasBuilder.Create()
        .UseSpace(space).UseImages(images, batch).WithPrecision(precision).AddProxies(ProxyOption.Resolve(ProxyIds, ProxyOption.Paper)).BuildScorer();

    private static async Task<(IReadOnlyList<ScoredArchitecture> Scores, double Seconds)> TimeAsync(
        ArchitectureScorer scorer, Architecture[] block, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<ScoredArchitecture> scores = await scorer.ScoreAsync(block, cancellationToken).ConfigureAwait(false);
        return (scores, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static PrecisionLoss LossOf(List<(ScoredArchitecture Exact, ScoredArchitecture Shortened)> scores, int proxy)
    {
        (double Exact, double Shortened)[] finite =
        [
            .. scores.Select(pair => (Exact: pair.Exact.Scores[proxy], Shortened: pair.Shortened.Scores[proxy]))
                .Where(pair => pair.Exact.Kind == ScoreKind.Finite && pair.Shortened.Kind == ScoreKind.Finite)
                .Select(pair => (pair.Exact.Value, pair.Shortened.Value)),
        ];
        double rho = finite.Length < 2 ? double.NaN : SpearmanRho.Of([.. finite.Select(pair => pair.Exact)], [.. finite.Select(pair => pair.Shortened)]);
        return new PrecisionLoss(double.IsNaN(rho) ? null : rho, scores.Count - finite.Length);
    }
}
