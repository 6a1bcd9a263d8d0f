namespace RankNas;

/// <summary>The accuracies of trained architectures, by data set, to judge a search by once it is over.</summary>
/// <remarks>Strategies and proxies never see it. Implementations are safe for concurrent use.</remarks>
public interface IAccuracyBenchmark
{
    /// <summary>Gets the data sets: of NATS-Bench, <c>cifar10</c>, <c>cifar100</c> and <c>imagenet16-120</c>.</summary>
    IReadOnlyList<string> DataSets { get; }

    /// <summary>Finds an architecture's accuracies, by the names in <see cref="DataSets"/>.</summary>
    /// <param name="architecture">An architecture of the benchmark's space.</param>
    /// <returns>The accuracies; null where the benchmark does not have the architecture.</returns>
    /// <exception cref="InvalidDataException">What the benchmark holds of the architecture is damaged.</exception>
    IReadOnlyDictionary<string, Accuracy>? Find(Architecture architecture);
}
