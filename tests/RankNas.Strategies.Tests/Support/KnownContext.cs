using System.Collections.Immutable;
using RankNas.Pareto;
using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.SearchSpaces;

namespace RankNas.Strategies.Tests.Support;

/// <summary>A search whose scores are known beforehand; it remembers every call, and ranks by rank sum.</summary>
internal sealed class KnownContext(ISearchSpace space, int budget, Random random) : ISearchContext
{
    private readonly Dictionary<Architecture, ScoredArchitecture> _known = [];

    public Func<Architecture, ImmutableArray<Score>> ScoresOf { get; init; } = KnownScores.Separable();

    public ImmutableArray<ObjectiveDescriptor> Objectives { get; init; } = [];

    public Func<Architecture, ImmutableArray<double>> ObjectivesOf { get; init; } = _ => [];

    /// <summary>Gets after how many evaluations someone cancels.</summary>
    public int CancelledAfter { get; init; } = int.MaxValue;

    /// <summary>Gets whether every call is remembered; long searches forget them.</summary>
    public bool RemembersCalls { get; init; } = true;

    public ISearchSpace Space => space;

    public ImmutableArray<ProxyDescriptor> Proxies => KnownScores.Proxies;

    public Random Random => random;

    public int Budget => budget;

    public int Evaluations => _known.Count;

    public bool IsOver => Evaluations >= Math.Min(Budget, CancelledAfter);

    public List<ImmutableArray<Architecture>> Asked { get; } = [];

    public List<StrategyRun> Rankings { get; } = [];

    public IReadOnlyCollection<Architecture> Scored => _known.Keys;

    public Task<IReadOnlyList<ScoredArchitecture>> EvaluateAsync(
        IReadOnlyCollection<Architecture> architectures, CancellationToken cancellationToken = default)
    {
        if (RemembersCalls)
        {
            Asked.Add([.. architectures]);
        }

        foreach (Architecture architecture in architectures)
        {
            if (!IsOver && !cancellationToken.IsCancellationRequested && !_known.ContainsKey(architecture))
            {
                _known.Add(architecture, new ScoredArchitecture(architecture, ScoresOf(architecture)) { Objectives = ObjectivesOf(architecture) });
            }
        }

        return Task.FromResult<IReadOnlyList<ScoredArchitecture>>([.. architectures.Where(_known.ContainsKey).Select(architecture => _known[architecture])]);
    }

    public IReadOnlyList<ScoredArchitecture> Rank(IReadOnlyCollection<ScoredArchitecture> candidates)
    {
        ImmutableArray<ScoredArchitecture> ranked = Ranker.Rank(new RankSum(), Proxies, candidates);
        if (RemembersCalls)
        {
            Rankings.Add(new StrategyRun(Asked.Count, [.. candidates], ranked));
        }

        return ranked;
    }
}
