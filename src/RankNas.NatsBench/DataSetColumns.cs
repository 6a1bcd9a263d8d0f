namespace RankNas.NatsBench;

/// <summary>Which columns of a table have the accuracies on one data set; at least one of the two is there.</summary>
/// <param name="DataSet">The data set's name, as results show it.</param>
/// <param name="Validation">The column of the validation accuracy; null where the table has none.</param>
/// <param name="Test">The column of the test accuracy; null where the table has none.</param>
public sealed record DataSetColumns(string DataSet, string? Validation, string? Test);
