using RankNas.Ranking;
using RankNas.SearchSpaces;

namespace RankNas.Strategies;

/// <summary>Local search for few evaluations: the best of everything scored have children, and no architecture is asked for twice.</summary>
/// <remarks>After White et al., <em>Exploring the Loss Landscape in Neural Architecture Search</em>, UAI 2021, where one architecture's
/// whole neighbourhood is scored before the search moves. Here several of the best have one child each, so that the search moves at once.</remarks>
/// <param name="options">The settings; the defaults if null.</param>
public sealed class LocalSearch(LocalSearchOptions? options = null) : ISearchStrategy
{
    // So many draws in a row without a new architecture, and a neighbourhood counts as scored.
    private const int MostDraws = 100;

    /// <summary>Gets the settings.</summary>
    public LocalSearchOptions Options { get; } = options ?? new LocalSearchOptions();

    /// <inheritdoc/>
    public string Id => "local";

    /// <inheritdoc/>
    public string Settings => FormattableString.Invariant(
        $"first-size={Options.FirstSize}, parents={Options.Parents}, crossover-rate={Options.CrossoverRate}, second-mutation-rate={Options.SecondMutationRate}");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.ShouldEnd(cancellationToken))
        {
            return [];
        }

        IReadOnlyCollection<Architecture> first = new DistinctDraws(context.Space, context.Random, Options.FirstSize).Take(Options.FirstSize);
        var asked = new HashSet<Architecture>(first);
        var exhausted = new HashSet<Architecture>();
        var scored = new List<ScoredArchitecture>();
        var known = new HashSet<Architecture>();
        Keep(await context.EvaluateAsync(first, cancellationToken).ConfigureAwait(false));
        while (!context.ShouldEnd(cancellationToken))
        {
            Architecture[] parents = [.. context.Rank(scored).Select(one => one.Architecture).Where(one => !exhausted.Contains(one)).Take(Options.Parents)];
            if (parents.Length == 0)
            {
                break;
            }

            var children = new List<Architecture>();
            foreach (Architecture parent in parents)
            {
                if (DrawNew(context, parent, parents, asked) is { } child)
                {
                    children.Add(child);
                }
                else
                {
                    exhausted.Add(parent);
                }
            }

            if (children.Count > 0)
            {
                Keep(await context.EvaluateAsync(children, cancellationToken).ConfigureAwait(false));
            }
        }

        return scored;

        // Several may stand for the same network, which then counts once.
        void Keep(IEnumerable<ScoredArchitecture> found) => scored.AddRange(found.Where(one => known.Add(one.Architecture)));
    }

    private Architecture? DrawNew(ISearchContext context, Architecture parent, Architecture[] parents, HashSet<Architecture> asked)
    {
        bool crosses = context.Random.NextDouble() < Options.CrossoverRate;
        for (int draw = 0; draw < MostDraws; draw++)
        {
            // Parents that are alike soon have no new crossover.
            Architecture child = crosses && draw < MostDraws / 5
                ? context.Space.Crossover(parent, parents[context.Random.Next(parents.Length)], context.Random).First
                : Mutate(context, parent);
            if (asked.Add(child))
            {
                return child;
            }
        }

        return null;
    }

    private Architecture Mutate(ISearchContext context, Architecture parent)
    {
        Architecture mutant = context.Space.Mutate(parent, context.Random);
        return context.Random.NextDouble() < Options.SecondMutationRate ? context.Space.Mutate(mutant, context.Random) : mutant;
    }
}
