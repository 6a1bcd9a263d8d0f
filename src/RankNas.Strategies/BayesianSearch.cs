using MathNet.Numerics.Distributions;
using RankNas.Ranking;
using RankNas.SearchSpaces;
using RankNas.Strategies.Bayesian;

namespace RankNas.Strategies;

/// <summary>Bayesian optimisation for few evaluations: a Gaussian process predicts ranks, and the architectures with the largest expected improvement are scored.</summary>
/// <remarks>
/// Jones, Schonlau and Welch, <em>Efficient Global Optimization of Expensive Black-Box Functions</em>, 1998; for architectures Kandasamy et al., NeurIPS 2018, and
/// White et al., <em>BANANAS</em>, AAAI 2021. What is predicted is the normal score of an architecture's place among all that was scored, so that any aggregator serves.
/// In a space without genomes the texts of the architectures are compared.
/// </remarks>
/// <param name="options">The settings; the defaults if null.</param>
public sealed class BayesianSearch(BayesianSearchOptions? options = null) : ISearchStrategy
{
    // So many draws for a candidate, and the space around the best counts as scored.
    private const int MostDrawsPerCandidate = 20;

    // The mean place of a parent among the best.
    private const double MeanParent = 2;

    /// <summary>Gets the settings.</summary>
    public BayesianSearchOptions Options { get; } = options ?? new BayesianSearchOptions();

    /// <inheritdoc/>
    public string Id => "bayesian";

    /// <inheritdoc/>
    public string Settings => FormattableString.Invariant(
        $"first-size={Options.FirstSize}, step-size={Options.StepSize}, candidates={Options.Candidates}, parents={Options.Parents}, random-rate={Options.RandomRate}, crossover-rate={Options.CrossoverRate}, length-scale={Options.LengthScale}, noise={Options.Noise}, most-fitted={Options.MostFitted}");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.ShouldEnd(cancellationToken))
        {
            return [];
        }

        IReadOnlyCollection<Architecture> step = new DistinctDraws(context.Space, context.Random, Options.FirstSize).Take(Options.FirstSize);
        var asked = new HashSet<Architecture>();
        var scored = new List<ScoredArchitecture>();
        var known = new HashSet<Architecture>();
        while (step.Count > 0)
        {
            asked.UnionWith(step);

            // Several may stand for the same network, which then counts once.
            scored.AddRange((await context.EvaluateAsync(step, cancellationToken).ConfigureAwait(false)).Where(one => known.Add(one.Architecture)));
            if (context.ShouldEnd(cancellationToken) || scored.Count == 0)
            {
                break;
            }

            IReadOnlyList<ScoredArchitecture> ranked = context.Rank(scored);
            GaussianProcess process = Fit(ranked);
            step = [.. Draw(context, ranked, asked).OrderByDescending(candidate => process.ExpectedImprovement(ArchitectureTokens.Of(candidate))).Take(Options.StepSize)];
        }

        return scored;
    }

    private GaussianProcess Fit(IReadOnlyList<ScoredArchitecture> ranked)
    {
        ArchitectureTokens[] fitted = [.. ranked.Take(Options.MostFitted).Select(one => ArchitectureTokens.Of(one.Architecture))];

        // Normal scores, the best first.
        double[] values = [.. fitted.Select((_, place) => -Normal.InvCDF(0, 1, (place + 0.5) / ranked.Count))];
        return new GaussianProcess(fitted, values, Options.LengthScale, Options.Noise);
    }

    private HashSet<Architecture> Draw(ISearchContext context, IReadOnlyList<ScoredArchitecture> ranked, HashSet<Architecture> asked)
    {
        Architecture[] parents = [.. ranked.Take(Options.Parents).Select(one => one.Architecture)];
        var candidates = new HashSet<Architecture>();
        for (int draw = 0; draw < Options.Candidates * MostDrawsPerCandidate && candidates.Count < Options.Candidates; draw++)
        {
            Architecture candidate = Breed(context, parents);
            if (!asked.Contains(candidate))
            {
                candidates.Add(candidate);
            }
        }

        return candidates;
    }

    private Architecture Breed(ISearchContext context, Architecture[] parents)
    {
        Random random = context.Random;
        if (random.NextDouble() < Options.RandomRate)
        {
            return context.Space.Sample(random);
        }

        Architecture parent = parents[Math.Min((int)(-MeanParent * Math.Log(1 - random.NextDouble())), parents.Length - 1)];
        if (random.NextDouble() < Options.CrossoverRate)
        {
            return context.Space.Crossover(parent, parents[random.Next(parents.Length)], random).First;
        }

        // Half of the mutants mutate once more: a step out of a local optimum.
        Architecture mutant = context.Space.Mutate(parent, random);
        return random.Next(2) == 0 ? mutant : context.Space.Mutate(mutant, random);
    }
}
