namespace RankNas.NatsBench;

/// <summary>The unit of a table's accuracies.</summary>
public enum AccuracyUnit
{
    /// <summary>Percent, from 0 to 100.</summary>
    Percent,

    /// <summary>Fractions from 0 to 1, which are converted to percent.</summary>
    Fraction,
}
