using RankNas.Ranking;
using RankNas.SearchSpaces;

namespace RankNas.Strategies;

/// <summary>GA-rank: a genetic algorithm with tournaments by rank.</summary>
/// <remarks>The paper's Section 3.</remarks>
public sealed class GeneticSearch : ISearchStrategy
{
    /// <summary>Initializes the strategy.</summary>
    /// <param name="options">The settings; the authors' if null.</param>
    /// <exception cref="ArgumentException">The tournament is larger than the population.</exception>
    public GeneticSearch(GeneticSearchOptions? options = null)
    {
        Options = options ?? new GeneticSearchOptions();
        if (Options.TournamentSize > Options.PopulationSize)
        {
            throw new ArgumentException(
                $"TournamentSize is {Options.TournamentSize}: it must be at most PopulationSize, {Options.PopulationSize}.", nameof(options));
        }
    }

    /// <summary>Gets the settings.</summary>
    public GeneticSearchOptions Options { get; }

    /// <inheritdoc/>
    public string Id => "genetic";

    /// <inheritdoc/>
    public string Settings => FormattableString.Invariant(
        $"population-size={Options.PopulationSize}, generations={Options.Generations}, crossover-rate={Options.CrossoverRate}, mutation-rate={Options.MutationRate}, tournament-size={Options.TournamentSize}, candidates-per-proxy={Options.CandidatesPerProxy}");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var candidates = new List<ScoredArchitecture>();

        var draws = new DistinctDraws(context.Space, context.Random, Options.PopulationSize);
        IReadOnlyList<ScoredArchitecture> population =
            await context.EvaluateAsync(draws.Take(Options.PopulationSize), cancellationToken).ConfigureAwait(false);
        candidates.AddRange(BestByEachProxy(context, population));

        // A first generation of one is a space of one viable architecture: there is nothing to breed.
        for (int generation = 1; generation <= Options.Generations && population.Count > 1 && !context.ShouldEnd(cancellationToken); generation++)
        {
            List<Architecture> children = Breed(context, population);
            population = await context.EvaluateAsync(children, cancellationToken).ConfigureAwait(false);
            candidates.AddRange(BestByEachProxy(context, population));
        }

        return [.. candidates.DistinctBy(candidate => candidate.Architecture)];
    }

    private List<Architecture> Breed(ISearchContext context, IReadOnlyList<ScoredArchitecture> population)
    {
        var children = new List<Architecture>(Options.PopulationSize + 1);
        while (children.Count < Options.PopulationSize)
        {
            (Architecture first, Architecture second) = SelectParents(context, population);
            if (context.Random.NextDouble() < Options.CrossoverRate)
            {
                (first, second) = context.Space.Crossover(first, second, context.Random);
            }

            children.Add(MaybeMutate(context, first));
            children.Add(MaybeMutate(context, second));
        }

        return children[..Options.PopulationSize];
    }

    private (Architecture First, Architecture Second) SelectParents(ISearchContext context, IReadOnlyList<ScoredArchitecture> population)
    {
        // Individuals are drawn by their place, since the same architecture may have several.
        int[] places = [.. Enumerable.Range(0, population.Count)];
        context.Random.Shuffle(places);
        IReadOnlyList<ScoredArchitecture> tournament = context.Rank([.. places.Take(Options.TournamentSize).Select(place => population[place])]);
        return (tournament[0].Architecture, tournament[Math.Min(1, tournament.Count - 1)].Architecture);
    }

    private Architecture MaybeMutate(ISearchContext context, Architecture child) =>
        context.Random.NextDouble() < Options.MutationRate ? context.Space.Mutate(child, context.Random) : child;

    private IEnumerable<ScoredArchitecture> BestByEachProxy(ISearchContext context, IReadOnlyList<ScoredArchitecture> population)
    {
        IReadOnlyList<ScoredArchitecture> ranked = context.Rank([.. population.DistinctBy(individual => individual.Architecture)]);
        return Enumerable.Range(0, context.Proxies.Length).SelectMany(proxy =>
            ranked.OrderBy(individual => individual.Ranks[proxy]).Take(Options.CandidatesPerProxy));
    }
}
