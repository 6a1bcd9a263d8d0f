namespace RankNas;

/// <summary>How tables name the data sets' columns: <c>c10_valid</c>, <c>c10_test</c>, ….</summary>
internal static class DataSetColumns
{
    public static IReadOnlyList<(string DataSet, string Columns)> All { get; } =
        [("cifar10", "c10"), ("cifar100", "c100"), ("imagenet16-120", "in16")];
}
