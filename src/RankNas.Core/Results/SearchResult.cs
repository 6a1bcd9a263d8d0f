using System.Collections.Immutable;

namespace RankNas;

/// <summary>What a search found.</summary>
public sealed class SearchResult
{
    private readonly SearchPlan _plan;

    private SearchResult(SearchPlan plan) => _plan = plan;

    /// <summary>Gets the search space's id.</summary>
    public required string Space { get; init; }

    /// <summary>Gets what every architecture had to keep to, for people; empty where the search had no constraint.</summary>
    public required ImmutableArray<string> Constraints { get; init; }

    /// <summary>Gets the strategy's id.</summary>
    public required string Strategy { get; init; }

    /// <summary>Gets the strategy's settings in one text; empty where it has none.</summary>
    public required string StrategySettings { get; init; }

    /// <summary>Gets the aggregator's id.</summary>
    public required string Aggregator { get; init; }

    /// <summary>Gets the experiment's seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Gets the number format that the networks ran in.</summary>
    public required Precision Precision { get; init; }

    /// <summary>Gets how many distinct architectures could be scored.</summary>
    public required int Budget { get; init; }

    /// <summary>Gets how many distinct architectures were scored.</summary>
    public int Evaluations => History.Length;

    /// <summary>Gets why the search ended.</summary>
    public required SearchEnd End { get; init; }

    /// <summary>Gets how long the search took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Gets the images that the scores rest on.</summary>
    public required ImagesUsed Images { get; init; }

    /// <summary>Gets the proxies, in the order of every candidate's scores.</summary>
    public required ImmutableArray<ProxyDescriptor> Proxies { get; init; }

    /// <summary>Gets the strategy's final set, best first; empty only where the search was cancelled before anything was scored.</summary>
    public required ImmutableArray<SearchCandidate> Ranked { get; init; }

    /// <summary>Gets every architecture scored, in the order in which the strategy asked for them.</summary>
    public required ImmutableArray<EvaluatedArchitecture> History { get; init; }

    /// <summary>Gets what makes this result worth less than it looks, most important first; empty where nothing does.</summary>
    public ImmutableArray<SearchNotice> Notices { get; init; } = [];

    /// <summary>Gets every setting that the result depends on, by name; a search of the same settings finds the same.</summary>
    public ImmutableArray<SearchSetting> Settings => SearchSettings.Of(_plan, this);

    /// <summary>Gets the best architecture.</summary>
    /// <exception cref="InvalidOperationException">The search was cancelled before anything was scored.</exception>
    public SearchCandidate Best => Ranked.Length > 0
        ? Ranked[0]
        : throw new InvalidOperationException("Nothing was scored before the search was cancelled: there is no best architecture.");

    /// <summary>Gets whether the search was cancelled.</summary>
    public bool IsCancelled => End == SearchEnd.Cancelled;

    /// <summary>Ranks everything that was scored, where <see cref="Ranked"/> has the strategy's final set alone.</summary>
    /// <returns>All of <see cref="History"/>, best first, with ranks and totals within that set.</returns>
    public ImmutableArray<SearchCandidate> RankHistory() =>
        [.. Ranker.Rank(_plan.Aggregator, _plan.Proxies, History.Select(evaluated => evaluated.Scored)).Select(ranked => new SearchCandidate(_plan, ranked))];

    internal static SearchResult Of(
        SearchPlan plan, StrategyDescriptor strategy, SearchContext context, IReadOnlyList<RankedArchitecture> ranked, bool isCutShort) =>
        Of(plan, strategy, context.Images.Used, context.Elapsed, ranked, context.History,
            SearchNotices.Sorted([.. context.Images.Notices, .. SearchNotices.Of(plan.Setup, context.History), .. context.Notices]),
            isCutShort ? SearchEnd.Cancelled : context.Evaluations >= plan.Budget ? SearchEnd.BudgetUsed : SearchEnd.Completed);

    /// <summary>The result of a search that was cancelled before it had begun; its images may not have been read.</summary>
    internal static SearchResult OfNothing(SearchPlan plan, StrategyDescriptor strategy) =>
        Of(plan, strategy, ImagesUsed.NotRead(plan.Setup.Images, plan.Setup.BatchSize), TimeSpan.Zero, [], [], [], SearchEnd.Cancelled);

    private static SearchResult Of(
        SearchPlan plan, StrategyDescriptor strategy, ImagesUsed images, TimeSpan elapsed, IReadOnlyList<RankedArchitecture> ranked,
        IReadOnlyList<EvaluatedArchitecture> history, ImmutableArray<SearchNotice> notices, SearchEnd end)
    {
        EvaluationSetup setup = plan.Setup;
        return new SearchResult(plan)
        {
            Space = plan.Space.Id,
            Constraints = [.. plan.Constraints.Select(constraint => constraint.Description)],
            Strategy = strategy.Id,
            StrategySettings = strategy.Settings,
            Aggregator = plan.Aggregator.Id,
            Seed = setup.Seed,
            Precision = setup.Precision,
            Budget = plan.Budget,
            End = end,
            Elapsed = elapsed,
            Images = images,
            Proxies = plan.Proxies,
            Ranked = [.. ranked.Select(candidate => new SearchCandidate(plan, candidate))],
            History = [.. history],
            Notices = notices,
        };
    }
}
