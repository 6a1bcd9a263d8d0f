using RankNas.Ranking;
using RankNas.SearchSpaces;
using RankNas.Strategies.Economics;

namespace RankNas.Strategies;

/// <summary>SE-rank: search economics. Searchers invest in the regions of the space whose expected value is large.</summary>
/// <remarks>
/// Tsai, <em>Search Economics: A Solution Space and Computing Resource Aware Search Method</em>, SMC 2015; for architectures Wu, Lin and Tsai,
/// <em>A Training-Free Neural Architecture Search Algorithm Based on Search Economics</em>, IEEE Transactions on Evolutionary Computation 2023. The paper's references 27 and
/// 18. The value of an architecture is its place by rank sum among all that a round looks at.
/// </remarks>
public sealed class SearchEconomics : ISearchStrategy
{
    // The parts of so many architectures for each region are about equal.
    private const int DrawnPerRegion = 16;

    // A child of a searcher from another region is often of that one.
    private const int MostTriesForARegion = 10;

    /// <summary>Initializes the strategy.</summary>
    /// <param name="options">The settings; the defaults if null.</param>
    /// <exception cref="ArgumentException">The tournament has more regions than there are.</exception>
    public SearchEconomics(SearchEconomicsOptions? options = null)
    {
        Options = options ?? new SearchEconomicsOptions();
        if (Options.TournamentSize > Options.Regions)
        {
            throw new ArgumentException(
                $"TournamentSize is {Options.TournamentSize}: it must be at most Regions, {Options.Regions}.", nameof(options));
        }
    }

    /// <summary>Gets the settings.</summary>
    public SearchEconomicsOptions Options { get; }

    /// <inheritdoc/>
    public string Id => "economics";

    /// <inheritdoc/>
    public string Settings => FormattableString.Invariant(
        $"searchers={Options.Searchers}, regions={Options.Regions}, goods-per-region={Options.GoodsPerRegion}, tournament-size={Options.TournamentSize}, mutation-rate={Options.MutationRate}, patience={Options.Patience}");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.ShouldEnd(cancellationToken))
        {
            return [];
        }

        // Resource arrangement.
        Architecture[] drawn = Draw(context);
        var partition = new SpacePartition(drawn, Options.Regions);
        ILookup<int, Architecture> byRegion = drawn.ToLookup(partition.RegionOf);
        Architecture[] goods = [.. Enumerable.Range(0, partition.Count).SelectMany(region => byRegion[region].Take(Options.GoodsPerRegion))];
        Architecture[] others = [.. drawn.Except(goods).Concat(drawn).Take(Options.Searchers)];
        IReadOnlyList<ScoredArchitecture> first = await context.EvaluateAsync([.. goods.Union(others)], cancellationToken).ConfigureAwait(false);
        // Several may stand for the same network, and get its scores.
        var history = first.DistinctBy(scored => scored.Architecture).ToDictionary(scored => scored.Architecture);
        ScoredArchitecture[] searchers = [.. others.Where(history.ContainsKey).Select(other => history[other])];
        Region[] regions = [.. Enumerable.Range(0, partition.Count)
            .Select(region => new Region(byRegion[region].Take(Options.GoodsPerRegion).Where(history.ContainsKey).Select(good => history[good])))];

        for (int idle = 0; idle < Options.Patience && history.Count > 1 && !context.ShouldEnd(cancellationToken); idle++)
        {
            // Vision search: transition, expected value, determination.
            Candidate[] candidates = [.. Transit(context, partition, searchers, regions)];
            IReadOnlyList<ScoredArchitecture> scored = await context
                .EvaluateAsync([.. candidates.Select(candidate => candidate.Architecture)], cancellationToken).ConfigureAwait(false);
            int before = history.Count;
            foreach (ScoredArchitecture one in scored)
            {
                history.TryAdd(one.Architecture, one);
            }

            candidates = [.. candidates.Where(candidate => history.ContainsKey(candidate.Architecture))];
            var market = new Market(context.Rank([.. candidates.Select(candidate => history[candidate.Architecture])
                .Concat(searchers).Concat(regions.SelectMany(region => region.Goods)).DistinctBy(one => one.Architecture)]));
            double[,] expected = ExpectedValues(candidates, market, searchers.Length, regions);
            int[] chosen = [.. Enumerable.Range(0, searchers.Length).Select(searcher => Determine(context.Random, expected, searcher))];

            // Marketing research.
            for (int searcher = 0; searcher < searchers.Length; searcher++)
            {
                searchers[searcher] = Better(searchers[searcher], Among(candidate => candidate.Searcher == searcher && candidate.Region == chosen[searcher]), market);
            }

            for (int region = 0; region < regions.Length; region++)
            {
                List<ScoredArchitecture> held = regions[region].Goods;
                for (int good = 0; good < held.Count; good++)
                {
                    held[good] = Better(
                        held[good], Among(candidate => candidate.Region == region && candidate.Good == good).Where(one => !Holds(held, one)), market);
                }

                regions[region].EndRound(chosen.Count(own => own == region));
            }

            if (history.Count > before)
            {
                idle = -1;
            }

            IEnumerable<ScoredArchitecture> Among(Func<Candidate, bool> isWanted) =>
                candidates.Where(isWanted).Select(candidate => history[candidate.Architecture]);
        }

        return [.. history.Values];
    }

    /// <summary>e = T·V·M for each searcher and region; 0 where a region has no goods.</summary>
    /// <remarks>T is the region's <see cref="Region.Rarity"/>, V the mean worth of the candidates of the searcher and the region's goods, M the
    /// share of the region's best good in the worth of all goods.</remarks>
    internal static double[,] ExpectedValues(Candidate[] candidates, Market market, int searchers, Region[] regions)
    {
        double allGoods = regions.Sum(region => region.Goods.Sum(market.WorthOf));
        var expected = new double[searchers, regions.Length];
        foreach (IGrouping<(int Searcher, int Region), Candidate> pair in candidates.GroupBy(candidate => (candidate.Searcher, candidate.Region)))
        {
            Region region = regions[pair.Key.Region];
            double vision = pair.Average(candidate => market.WorthOf(candidate.Architecture));
            double share = region.Goods.Max(market.WorthOf) / allGoods;
            expected[pair.Key.Searcher, pair.Key.Region] = region.Rarity * vision * share;
        }

        return expected;
    }

    private Architecture[] Draw(ISearchContext context)
    {
        int count = (Math.Max(DrawnPerRegion, Options.GoodsPerRegion) * Options.Regions) + Options.Searchers;
        return [.. new DistinctDraws(context.Space, context.Random, count).Take(count)];
    }

    private IEnumerable<Candidate> Transit(ISearchContext context, SpacePartition partition, ScoredArchitecture[] searchers, Region[] regions)
    {
        for (int searcher = 0; searcher < searchers.Length; searcher++)
        {
            for (int region = 0; region < regions.Length; region++)
            {
                for (int good = 0; good < regions[region].Goods.Count; good++)
                {
                    Architecture child = Cross(context, partition, searchers[searcher].Architecture, regions[region].Goods[good].Architecture, region);
                    yield return new Candidate(searcher, region, good, child);
                }
            }
        }
    }

    // The good with a part of the searcher's choices; where that leaves the region again and again, the good itself.
    private Architecture Cross(ISearchContext context, SpacePartition partition, Architecture searcher, Architecture good, int region)
    {
        for (int attempt = 0; attempt < MostTriesForARegion; attempt++)
        {
            Architecture child = context.Space.Crossover(good, searcher, context.Random).First;
            child = context.Random.NextDouble() < Options.MutationRate ? context.Space.Mutate(child, context.Random) : child;
            if (partition.RegionOf(child) == region)
            {
                return child;
            }
        }

        return good;
    }

    private int Determine(Random random, double[,] expected, int searcher)
    {
        int[] drawn = [.. Enumerable.Range(0, expected.GetLength(1))];
        random.Shuffle(drawn);
        return drawn.Take(Options.TournamentSize).MaxBy(region => expected[searcher, region]);
    }

    private static ScoredArchitecture Better(ScoredArchitecture held, IEnumerable<ScoredArchitecture> offered, Market market) =>
        offered.MaxBy(market.WorthOf) is { } best && market.WorthOf(best) > market.WorthOf(held) ? best : held;

    private static bool Holds(List<ScoredArchitecture> held, ScoredArchitecture one) => held.Exists(own => own.Architecture.Equals(one.Architecture));
}
