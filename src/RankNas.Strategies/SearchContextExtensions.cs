namespace RankNas.Strategies;

/// <summary>What the strategies share.</summary>
internal static class SearchContextExtensions
{
    /// <summary>Tells whether to return with what there is: the search is over, or its caller no longer waits.</summary>
    public static bool ShouldEnd(this ISearchContext context, CancellationToken cancellationToken) =>
        context.IsOver || cancellationToken.IsCancellationRequested;
}
