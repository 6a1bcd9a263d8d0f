namespace RankNas.Fitting;

/// <summary>Why the making of a model ended.</summary>
public enum FitEnd
{
    /// <summary>The last training came to its end, or stopped early as its options say.</summary>
    Completed,

    /// <summary>The time was used up; the weights are the best so far.</summary>
    TimeUsed,

    /// <summary>The last training was cancelled; the weights are the best so far.</summary>
    Cancelled,
}
