namespace RankNas.NatsBench;

/// <summary>The data split of an accuracy.</summary>
public enum AccuracySplit
{
    /// <summary>The test set.</summary>
    Test,

    /// <summary>The validation set.</summary>
    Validation,
}
