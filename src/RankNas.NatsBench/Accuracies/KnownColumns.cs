namespace RankNas.NatsBench.Accuracies;

/// <summary>How the tables of NATS-Bench name their columns: <c>c10_valid</c>, <c>c10_test</c>, ….</summary>
internal static class KnownColumns
{
    public const string Architecture = "arch";
    public const string Index = "index";

    public static IReadOnlyList<(string DataSet, string Prefix)> DataSets { get; } =
        [("cifar10", "c10"), ("cifar100", "c100"), ("imagenet16-120", "in16")];

    /// <summary>Finds which of the columns a header has.</summary>
    public static AccuracyColumns In(IReadOnlyList<string> header) => new()
    {
        Architecture = Architecture,
        Index = Find(header, Index),
        DataSets =
        [
            .. DataSets.Select(set => new DataSetColumns(set.DataSet, Find(header, $"{set.Prefix}_valid"), Find(header, $"{set.Prefix}_test")))
                .Where(set => (set.Validation ?? set.Test) is not null),
        ],
    };

    private static string? Find(IReadOnlyList<string> header, string name) => header.Contains(name) ? name : null;
}
