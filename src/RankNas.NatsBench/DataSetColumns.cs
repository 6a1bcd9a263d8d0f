namespace RankNas.NatsBench;

/// <summary>The columns of a table with the accuracies on one data set; at least one of the two.</summary>
/// <param name="DataSet">The data set's name, as results show it.</param>
/// <param name="Validation">The column of the validation accuracy; null if there is none.</param>
/// <param name="Test">The column of the test accuracy; null if there is none.</param>
public sealed record DataSetColumns(string DataSet, string? Validation, string? Test);
