using RankNas.SearchSpaces;

namespace RankNas.NatsBench;

/// <summary>Accuracies of trained architectures. Strategies and proxies never see them: they judge a search once it is over.</summary>
/// <remarks>Implementations are safe for concurrent use.</remarks>
public interface IAccuracyBenchmark
{
    /// <summary>Gets the names of the data sets, such as NATS-Bench's <c>cifar10</c>, <c>cifar100</c> and <c>imagenet16-120</c>.</summary>
    IReadOnlyList<string> DataSets { get; }

    /// <summary>Finds an architecture's accuracies by data set.</summary>
    /// <returns>The accuracies, without the data sets that it was not trained on; null where the benchmark does not have the architecture.</returns>
    /// <exception cref="InvalidDataException">What the benchmark holds of the architecture is damaged.</exception>
    IReadOnlyDictionary<string, Accuracy>? Find(Architecture architecture);

    /// <summary>Finds an architecture's number in the benchmark, which need not be its index in the space.</summary>
    /// <returns>The number, from 0; null where the benchmark does not have the architecture, or no numbers.</returns>
    long? IndexOf(Architecture architecture);

    /// <summary>Finds the architecture of a number.</summary>
    /// <returns>The architecture; null where there is none of this number.</returns>
    Architecture? AtIndex(long index);
}
