using System.Collections.Immutable;
using RankNas.Graphs;
using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.SearchSpaces;
using RankNas.Strategies;

namespace RankNas.Aot.Probe;

/// <summary>A search whose only score is the multiply-accumulates of the network.</summary>
internal sealed class CostContext(ISearchSpace space, int budget) : ISearchContext
{
    private readonly Dictionary<Architecture, ScoredArchitecture> _known = [];

    public ISearchSpace Space => space;

    public ImmutableArray<ProxyDescriptor> Proxies { get; } = [new("macs", "", ScoreDirection.HigherIsBetter)];

    public Random Random { get; } = new(3);

    public int Budget => budget;

    public int Evaluations => _known.Count;

    public bool IsOver => Evaluations >= Budget;

    public Task<IReadOnlyList<ScoredArchitecture>> EvaluateAsync(
        IReadOnlyCollection<Architecture> architectures, CancellationToken cancellationToken = default)
    {
        foreach (Architecture architecture in architectures)
        {
            if (!IsOver && !_known.ContainsKey(architecture))
            {
                long macs = space.Describe(architecture, new NetworkShape()).Costs.Macs;
                _known.Add(architecture, new ScoredArchitecture(architecture, [Score.Of(macs)]));
            }
        }

        return Task.FromResult<IReadOnlyList<ScoredArchitecture>>([.. architectures.Where(_known.ContainsKey).Select(architecture => _known[architecture])]);
    }

    public IReadOnlyList<ScoredArchitecture> Rank(IReadOnlyCollection<ScoredArchitecture> candidates) =>
        [.. candidates.OrderByDescending(candidate => candidate.Scores[0].Value).ThenBy(candidate => candidate.Architecture.ToString(), StringComparer.Ordinal)
            .Select((candidate, place) => candidate with { Rank = place + 1, Ranks = [place + 1], Total = place + 1 })];
}
