namespace RankNas.NatsBench;

/// <summary>Which set an accuracy is of.</summary>
public enum AccuracySplit
{
    /// <summary>The test set.</summary>
    Test,

    /// <summary>The validation set.</summary>
    Validation,
}
