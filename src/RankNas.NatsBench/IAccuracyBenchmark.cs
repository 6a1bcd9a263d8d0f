namespace RankNas.NatsBench;

/// <summary>Accuracies of trained architectures, for evaluating a finished search. Strategies and proxies never see them.</summary>
/// <remarks>Implementations are safe for concurrent use.</remarks>
public interface IAccuracyBenchmark
{
    /// <summary>Gets the names of the data sets, such as NATS-Bench's <c>cifar10</c>, <c>cifar100</c> and <c>imagenet16-120</c>.</summary>
    IReadOnlyList<string> DataSets { get; }

    /// <summary>Finds an architecture's accuracies by data set.</summary>
    /// <returns>The accuracies on the data sets that it was trained on; null if the benchmark does not have the architecture.</returns>
    /// <exception cref="InvalidDataException">The benchmark's data for the architecture are damaged.</exception>
    IReadOnlyDictionary<string, Accuracy>? Find(Architecture architecture);

    /// <summary>Finds an architecture's number in the benchmark, which need not be its index in the space.</summary>
    /// <returns>The number, from 0; null if the benchmark does not have the architecture, or has no numbers.</returns>
    long? IndexOf(Architecture architecture);

    /// <summary>Finds an architecture by its number.</summary>
    /// <returns>The architecture; null if there is none with this number.</returns>
    Architecture? AtIndex(long index);
}
