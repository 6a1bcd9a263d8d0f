namespace RankNas.NatsBench;

/// <summary>What a table's accuracies are in.</summary>
public enum AccuracyUnit
{
    /// <summary>Percent, from 0 to 100.</summary>
    Percent,

    /// <summary>Fractions of 1, from 0 to 1, which are read as percent.</summary>
    Fraction,
}
