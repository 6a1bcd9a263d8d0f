using Microsoft.Extensions.Logging;
using RankNas.Constraints;
using RankNas.Diagnostics;
using RankNas.Pareto;
using RankNas.Scoring;

namespace RankNas.Search;

/// <summary>Everything a search is made of, fixed when the builder builds.</summary>
internal sealed record SearchPlan(
    EvaluationSetup Setup,
    ImmutableArray<IArchitectureConstraint> Constraints,
    IRankAggregator Aggregator,
    int Budget,
    long StrategySeed,
    int Repeats,
    bool TreatEqualGraphsAsOne,
    ScoreReuse Reuse,
    Func<CancellationToken, ValueTask<IScoreStore>> OpenStore,
    Func<CancellationToken, ValueTask<IArchitectureEvaluator>> CreateEvaluator,
    IProgress<SearchProgress>? Progress,
    ILogger Logger)
{
    /// <summary>Gets how long the search may take; null where it may take for ever.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Gets the objectives beside the rank.</summary>
    public ImmutableArray<IArchitectureObjective> Objectives { get; init; } = [];

    /// <summary>Gets the objectives as results name them.</summary>
    public ImmutableArray<ObjectiveDescriptor> ObjectiveDescriptors { get; init; } = [];

    /// <summary>Gets the space under the constraints.</summary>
    public ISearchSpace Space => (ISearchSpace?)Constrained ?? Guarded;

    /// <summary>Gets the space under the constraints; null where there are none.</summary>
    public ConstrainedSearchSpace? Constrained { get; } = Constraints.IsEmpty
        ? null
        : new ConstrainedSearchSpace(new GuardedSpace(Setup.Space), Setup.Images.Shape, Constraints);

    private GuardedSpace Guarded { get; } = new(Setup.Space);

    public ImmutableArray<ProxyDescriptor> Proxies => Setup.Descriptors;

    /// <summary>Gets the space as the strategy of one search sees it, whose end by its token ends every draw.</summary>
    public ISearchSpace SpaceDuring(CancellationToken searchToken) =>
        new GuardedSpace((ISearchSpace?)Constrained?.During(searchToken) ?? Setup.Space, searchToken);

    public SearchTelemetry CreateTelemetry(string strategy) => new(Logger, Setup.Space.Id, strategy, Proxies);
}
