using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace RankNas;

/// <summary>Everything a search is made of, fixed when the builder builds.</summary>
internal sealed record SearchPlan(
    EvaluationSetup Setup,
    ImmutableArray<IArchitectureConstraint> Constraints,
    IRankAggregator Aggregator,
    int Budget,
    long StrategySeed,
    int Repeats,
    bool TreatEqualGraphsAsOne,
    bool TuneAllocator,
    Func<CancellationToken, ValueTask<IScoreStore>> OpenStore,
    Func<IArchitectureEvaluator> CreateEvaluator,
    IProgress<SearchProgress>? Progress,
    ILogger Logger)
{
    /// <summary>Gets the space as the strategy sees it.</summary>
    public ISearchSpace Space { get; } = Constraints.IsEmpty
        ? Setup.Space
        : new ConstrainedSearchSpace(Setup.Space, Setup.Images.Shape, Constraints);

    public ImmutableArray<ProxyDescriptor> Proxies { get; } = [.. Setup.Proxies.Select(ProxyDescriptor.Of)];

    public SearchTelemetry CreateTelemetry() => new(Logger, Space.Id, Proxies);

    /// <summary>Gets a proxy's place by its id.</summary>
    public int IndexOf(string proxy)
    {
        for (int index = 0; index < Proxies.Length; index++)
        {
            if (Proxies[index].Id == proxy)
            {
                return index;
            }
        }

        throw new ArgumentException(
            $"The experiment has no proxy '{proxy}': it has {string.Join(", ", Proxies.Select(own => own.Id))}.", nameof(proxy));
    }
}
