using RankNas.Ranking;
using RankNas.Scores;

namespace RankNas.Reproduction;

/// <summary>AREA: regularised evolution whose first generation are the best of twice as many by NASWOT.</summary>
/// <remarks>Mellor et al., <em>Neural Architecture Search without Training</em>, ICML 2021, Section 4.</remarks>
/// <param name="naswot">Scores architectures by NASWOT, which costs no training time.</param>
public sealed class AssistedEvolution(ArchitectureScorer naswot) : RegularizedEvolution
{
    private const int DrawnForEachOfTheFirst = 2;

    /// <inheritdoc/>
    public override string Id => "area";

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<Architecture>> DrawFirstGenerationAsync(
        SimulatedTraining training, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(training);
        Architecture[] drawn = Draw(training, DrawnForEachOfTheFirst * PopulationSize);
        IReadOnlyList<ScoredArchitecture> scored = await naswot.ScoreAsync(drawn, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();

        // An infinite or failed score is the worst.
        return [.. scored.OrderByDescending(one => one.Scores[0].Kind == ScoreKind.Finite ? one.Scores[0].Value : double.NegativeInfinity)
            .Take(PopulationSize).Select(one => one.Architecture)];
    }
}
