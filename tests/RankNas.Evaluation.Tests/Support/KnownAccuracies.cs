using RankNas.NatsBench;
using RankNas.SearchSpaces;

namespace RankNas.Evaluation.Tests.Support;

/// <summary>A benchmark made of a function, of one data set.</summary>
internal sealed class KnownAccuracies(Func<Architecture, double?> accuracyOf) : IAccuracyBenchmark
{
    public IReadOnlyList<string> DataSets { get; } = ["cifar10"];

    public IReadOnlyDictionary<string, Accuracy>? Find(Architecture architecture) => accuracyOf(architecture) is { } accuracy
        ? new Dictionary<string, Accuracy> { ["cifar10"] = new Accuracy(accuracy - 1, accuracy) }
        : null;

    public long? IndexOf(Architecture architecture) => null;

    public Architecture? AtIndex(long index) => null;
}
