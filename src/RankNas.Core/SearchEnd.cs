namespace RankNas;

/// <summary>Why a search ended.</summary>
public enum SearchEnd
{
    /// <summary>The strategy finished before the budget was used up: the space is exhausted, or the search converged.</summary>
    Completed,

    /// <summary>The budget is used up.</summary>
    BudgetUsed,

    /// <summary>The search was cancelled; the result is the best so far.</summary>
    Cancelled,

    /// <summary>The time is used up; the result is the best so far.</summary>
    TimeUsed,
}
