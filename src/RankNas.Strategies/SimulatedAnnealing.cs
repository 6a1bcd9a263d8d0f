using RankNas.Ranking;
using RankNas.SearchSpaces;

namespace RankNas.Strategies;

/// <summary>SA-rank: simulated annealing; the energy is the rank sum among the current solution, its neighbours and the history.</summary>
/// <remarks>The paper's Section 3 and its algorithm; the names of the variables are the paper's.</remarks>
public sealed class SimulatedAnnealing : ISearchStrategy
{
    private readonly int _historyLimit;

    /// <summary>Initializes the strategy.</summary>
    /// <param name="options">The settings; the authors' if null.</param>
    /// <exception cref="ArgumentException">The final temperature is not below the initial one.</exception>
    public SimulatedAnnealing(SimulatedAnnealingOptions? options = null)
    {
        Options = options ?? new SimulatedAnnealingOptions();
        if (Options.FinalTemperature >= Options.InitialTemperature)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"FinalTemperature is {Options.FinalTemperature}: it must be less than InitialTemperature, {Options.InitialTemperature}."),
                nameof(options));
        }

        // |H| ≤ β·I·N·ln(τ/Ψ₀)/ln r
        double temperatures = Math.Log(Options.FinalTemperature / Options.InitialTemperature) / Math.Log(Options.CoolingRate);
        double limit = Options.Beta * Options.IterationsPerTemperature * Options.Neighbors * temperatures;
        _historyLimit = (int)Math.Clamp(limit, 1, int.MaxValue);
    }

    /// <summary>Gets the settings.</summary>
    public SimulatedAnnealingOptions Options { get; }

    /// <inheritdoc/>
    public string Id => "annealing";

    /// <inheritdoc/>
    public string Settings => FormattableString.Invariant(
        $"initial-temperature={Options.InitialTemperature}, final-temperature={Options.FinalTemperature}, cooling-rate={Options.CoolingRate}, iterations-per-temperature={Options.IterationsPerTemperature}, neighbors={Options.Neighbors}, alpha={Options.Alpha}, beta={Options.Beta}");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        IReadOnlyList<ScoredArchitecture> H = [];
        if (await EvaluateFirstAsync(context, cancellationToken).ConfigureAwait(false) is not { } s)
        {
            return H;
        }

        for (double Ψ = Options.InitialTemperature; Ψ > Options.FinalTemperature; Ψ *= Options.CoolingRate)
        {
            for (int i = 0; i < Options.IterationsPerTemperature; i++)
            {
                if (context.ShouldEnd(cancellationToken))
                {
                    return ResultOf(H, s);
                }

                List<Architecture> neighbors = DrawNeighbors(context, s);
                if (neighbors.TrueForAll(s.Architecture.Equals))
                {
                    // The space has no other viable architecture.
                    return ResultOf(H, s);
                }

                IReadOnlyList<ScoredArchitecture> U = await context.EvaluateAsync(neighbors, cancellationToken).ConfigureAwait(false);
                IReadOnlyList<ScoredArchitecture> ranked = context.Rank([.. U.Prepend(s).Concat(H).DistinctBy(candidate => candidate.Architecture)]);
                H = Join(context, H, ranked[0]);

                ScoredArchitecture current = ranked.First(candidate => candidate.Architecture.Equals(s.Architecture));
                ScoredArchitecture? best = ranked.FirstOrDefault(candidate => !candidate.Architecture.Equals(s.Architecture));
                if (best is not null && IsAccepted(best.Total - current.Total, Ψ, context.Random))
                {
                    s = best;
                }
            }
        }

        return ResultOf(H, s);
    }

    /// <summary>Tells whether to move: always where the energy falls, else with probability exp(−αΔE/Ψ).</summary>
    internal bool IsAccepted(double energyChange, double temperature, Random random) =>
        energyChange < 0 || random.NextDouble() <= Math.Exp(-Options.Alpha * energyChange / temperature);

    private static async Task<ScoredArchitecture?> EvaluateFirstAsync(ISearchContext context, CancellationToken cancellationToken)
    {
        Architecture first = context.Space.Sample(context.Random);
        IReadOnlyList<ScoredArchitecture> scored = await context.EvaluateAsync([first], cancellationToken).ConfigureAwait(false);
        return scored.Count > 0 ? scored[0] : null;
    }

    private static IReadOnlyList<ScoredArchitecture> ResultOf(IReadOnlyList<ScoredArchitecture> H, ScoredArchitecture s) => H.Count > 0 ? H : [s];

    private List<Architecture> DrawNeighbors(ISearchContext context, ScoredArchitecture s) =>
        [.. Enumerable.Range(0, Options.Neighbors).Select(_ => context.Space.Neighbor(s.Architecture, context.Random))];

    private IReadOnlyList<ScoredArchitecture> Join(ISearchContext context, IReadOnlyList<ScoredArchitecture> H, ScoredArchitecture best)
    {
        if (H.Any(candidate => candidate.Architecture.Equals(best.Architecture)))
        {
            return H;
        }

        ScoredArchitecture[] joined = [.. H, best];
        return joined.Length <= _historyLimit
            ? joined
            : [.. context.Rank(joined).Take(_historyLimit)];
    }
}
