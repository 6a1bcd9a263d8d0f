using RankNas.Initialization;
using RankNas.NatsBench.Accuracies;

namespace RankNas.Evaluation.Combinations;

/// <summary>One half of a space: its scored architectures, and for each data set the accuracies to judge by, in the same order.</summary>
internal sealed record SpaceHalf(ImmutableArray<ScoredArchitecture> Rows, ImmutableArray<double[]> Accuracies)
{
    /// <summary>Takes the architectures of one half, each looked up once; those that the benchmark does not have are left out.</summary>
    public static SpaceHalf Of(SearchResult result, IAccuracyBenchmark benchmark, long half)
    {
        (ScoredArchitecture Row, IReadOnlyDictionary<string, Accuracy> Accuracies)[] known =
        [
            .. result.Ranked.Where(candidate => (StableSeed.Derive(0, "half", candidate.Architecture.Text) & 1) == half)
                .Select(candidate => (candidate, benchmark.FindComplete(candidate.Architecture)!))
                .Where(pair => pair.Item2 is not null),
        ];
        return new SpaceHalf(
            [.. known.Select(pair => pair.Row)],
            [.. benchmark.DataSets.Select(dataSet => JudgingAccuracies.Of(dataSet, [.. known.Select(pair => pair.Accuracies[dataSet])]).Values)]);
    }
}
