namespace RankNas.DataFrames;

/// <summary>A column of a table of scores: a value or nothing for each row.</summary>
/// <param name="Name">Its name, of which the table has no other.</param>
internal abstract record ScoreColumn(string Name)
{
    public sealed record Words(string Name, string?[] Values) : ScoreColumn(Name);

    public sealed record Numbers(string Name, double?[] Values) : ScoreColumn(Name);

    public sealed record Counts(string Name, long?[] Values) : ScoreColumn(Name);

    public sealed record Facts(string Name, bool?[] Values) : ScoreColumn(Name);
}
