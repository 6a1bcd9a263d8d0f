using System.Collections.Immutable;
using RankNas.Pareto;
using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.SearchSpaces;

namespace RankNas.Strategies;

/// <summary>NSGA-II: a genetic algorithm for several objectives, the rank and those that were added to the search, which looks for the whole Pareto front.</summary>
/// <remarks>
/// Deb et al., <em>A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II</em>, IEEE TEVC 2002. The rank is the aggregator's total within everything scored so far.
/// Children are bred again until they are new, because a budget counts distinct architectures. Constraints are the space's, so that every individual is admitted.
/// Without objectives it is a genetic algorithm by the rank alone.
/// </remarks>
/// <param name="options">The settings; the defaults if null.</param>
public sealed class ParetoSearch(ParetoSearchOptions? options = null) : ISearchStrategy
{
    // So many attempts at a new child, and the surroundings of the population count as scored.
    private const int MostDrawsPerChild = 20;

    /// <summary>Gets the settings.</summary>
    public ParetoSearchOptions Options { get; } = options ?? new ParetoSearchOptions();

    /// <inheritdoc/>
    public string Id => "pareto";

    /// <inheritdoc/>
    public string Settings => FormattableString.Invariant(
        $"population-size={Options.PopulationSize}, crossover-rate={Options.CrossoverRate}, mutation-rate={Options.MutationRate}");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.ShouldEnd(cancellationToken))
        {
            return [];
        }

        var draws = new DistinctDraws(context.Space, context.Random, Options.PopulationSize);
        IReadOnlyCollection<Architecture> generation = draws.Take(Options.PopulationSize);
        var asked = new HashSet<Architecture>();
        var scored = new Dictionary<Architecture, ScoredArchitecture>();
        ImmutableArray<Individual> population = [];
        while (generation.Count > 0)
        {
            asked.UnionWith(generation);

            // Several may stand for the same network, which then lives once.
            HashSet<Architecture> alive = [.. population.Select(individual => individual.Architecture)];
            foreach (ScoredArchitecture one in await context.EvaluateAsync(generation, cancellationToken).ConfigureAwait(false))
            {
                scored.TryAdd(one.Architecture, one);
                alive.Add(one.Architecture);
            }

            if (context.ShouldEnd(cancellationToken) || scored.Count == 0)
            {
                break;
            }

            population = Survivors(context, scored.Values, alive);
            generation = Breed(context, population, asked);
            if (generation.Count == 0)
            {
                generation = [.. draws.TakeWhere(Options.PopulationSize, architecture => !asked.Contains(architecture))];
            }
        }

        return [.. scored.Values];
    }

    private ImmutableArray<Individual> Survivors(ISearchContext context, IReadOnlyCollection<ScoredArchitecture> scored, HashSet<Architecture> alive)
    {
        ScoredArchitecture[] candidates = [.. context.Rank(scored).Where(one => alive.Contains(one.Architecture))];
        ImmutableArray<double>[] points = [.. candidates.Select(one => PointOf(context.Objectives, one))];
        var survivors = ImmutableArray.CreateBuilder<Individual>();
        foreach ((int front, IReadOnlyList<int> places) in ParetoSet.Sort(points).Index())
        {
            double[] distances = ParetoSet.CrowdingDistances([.. places.Select(place => points[place])]);
            survivors.AddRange(places.Select((place, index) => new Individual(candidates[place].Architecture, front, distances[index]))
                .OrderByDescending(individual => individual.Distance).Take(Options.PopulationSize - survivors.Count));
            if (survivors.Count == Options.PopulationSize)
            {
                break;
            }
        }

        return survivors.ToImmutable();
    }

    private static ImmutableArray<double> PointOf(ImmutableArray<ObjectiveDescriptor> objectives, ScoredArchitecture scored) =>
        [scored.Total, .. scored.Objectives.Select((value, index) => objectives[index].Direction == ScoreDirection.HigherIsBetter ? -value : value)];

    private HashSet<Architecture> Breed(ISearchContext context, ImmutableArray<Individual> population, HashSet<Architecture> asked)
    {
        var children = new HashSet<Architecture>();
        for (int draw = 0; draw < Options.PopulationSize * MostDrawsPerChild && children.Count < Options.PopulationSize; draw++)
        {
            Architecture child = Breed(context, population);
            if (!asked.Contains(child))
            {
                children.Add(child);
            }
        }

        return children;
    }

    private Architecture Breed(ISearchContext context, ImmutableArray<Individual> population)
    {
        Random random = context.Random;
        Architecture parent = Select(population, random);
        if (random.NextDouble() >= Options.CrossoverRate)
        {
            return context.Space.Mutate(parent, random);
        }

        Architecture child = context.Space.Crossover(parent, Select(population, random), random).First;
        return random.NextDouble() < Options.MutationRate ? context.Space.Mutate(child, random) : child;
    }

    // A binary tournament by the crowded comparison: the better front, then the lonelier place.
    private static Architecture Select(ImmutableArray<Individual> population, Random random)
    {
        (Individual one, Individual other) = (population[random.Next(population.Length)], population[random.Next(population.Length)]);
        return (other.Front < one.Front || (other.Front == one.Front && other.Distance > one.Distance) ? other : one).Architecture;
    }

    private readonly record struct Individual(Architecture Architecture, int Front, double Distance);
}
