using RankNas.Search;

namespace RankNas.Results;

/// <summary>Makes the results of searches.</summary>
internal static class SearchResults
{
    /// <summary>The result of a search.</summary>
    /// <param name="plan">What the search was made of.</param>
    /// <param name="strategy">The strategy.</param>
    /// <param name="context">All that was scored.</param>
    /// <param name="best">The strategy's choice; null where nothing was scored.</param>
    /// <param name="cutShort">Why it was ended from without; null where it came to its end.</param>
    public static SearchResult Of(SearchPlan plan, StrategyDescriptor strategy, SearchContext context, Architecture? best, SearchEnd? cutShort)
    {
        ImmutableArray<ScoredArchitecture> history = [.. context.History];
        return Of(
            plan, strategy, context.Images.Used, context.Elapsed, Ranker.RankInPlace(plan.Aggregator, plan.Proxies, history, best),
            SearchNotices.Sorted([.. context.Images.Notices, .. SearchNotices.Of(plan.Setup, history), .. context.Notices]),
            cutShort ?? (context.Evaluations >= plan.Budget ? SearchEnd.BudgetUsed : SearchEnd.Completed));
    }

    /// <summary>The result of a search that was ended before it had begun; its images may not have been read.</summary>
    public static SearchResult OfNothing(SearchPlan plan, StrategyDescriptor strategy, SearchEnd end) =>
        Of(plan, strategy, ImagesUsed.NotRead(plan.Setup.Images, plan.Setup.BatchSize), TimeSpan.Zero, [], [], end);

    private static SearchResult Of(
        SearchPlan plan, StrategyDescriptor strategy, ImagesUsed images, TimeSpan elapsed,
        ImmutableArray<ScoredArchitecture> history, ImmutableArray<SearchNotice> notices, SearchEnd end)
    {
        var result = new SearchResult
        {
            Space = plan.Space.Id,
            Constraints = [.. plan.Constraints.Select(constraint => constraint.Description)],
            Strategy = strategy.Id,
            StrategySettings = strategy.Settings,
            Aggregator = plan.Aggregator.Id,
            Seed = plan.Setup.Seed,
            Precision = plan.Setup.Precision,
            Budget = plan.Budget,
            End = end,
            Elapsed = elapsed,
            Images = images,
            Proxies = plan.Proxies,
            Objectives = plan.ObjectiveDescriptors,
            History = history,
            Notices = notices,
            Networks = new ResultNetworks(plan),
        };
        return result with { Settings = SearchSettings.Of(plan, result) };
    }
}
