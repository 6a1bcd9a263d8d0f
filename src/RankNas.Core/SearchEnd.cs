namespace RankNas;

/// <summary>Why a search ended.</summary>
public enum SearchEnd
{
    /// <summary>The strategy came to its own end before the budget did: the space is used up, or the search converged.</summary>
    Completed,

    /// <summary>As many distinct architectures as the budget allows were scored.</summary>
    BudgetUsed,

    /// <summary>The search was cancelled; the result is the best until then.</summary>
    Cancelled,
}
