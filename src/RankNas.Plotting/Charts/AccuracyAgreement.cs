using RankNas.Correlation;
using RankNas.Ranking;

namespace RankNas.Plotting.Charts;

/// <summary>How well scores agree with accuracies over the architectures whose accuracy is known.</summary>
/// <param name="Architectures">How many there are.</param>
/// <param name="Tau">Kendall's τ-b, 1 where better always means more accurate; NaN where it is not defined.</param>
/// <param name="Rho">Spearman's ρ, likewise.</param>
internal sealed record AccuracyAgreement(int Architectures, double Tau, double Rho)
{
    /// <summary>Correlates, of all that was scored, the places by a column with the accuracies.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="lowerIsBetter">The column: a total or a rank.</param>
    /// <param name="accuracyOf">The accuracies; NaN where one is not known.</param>
    public static AccuracyAgreement Of(
        IReadOnlyList<ScoredArchitecture> candidates, Func<ScoredArchitecture, double> lowerIsBetter, Func<ScoredArchitecture, double> accuracyOf)
    {
        (double Quality, double Accuracy)[] known =
        [
            .. candidates.Select(candidate => (Quality: -lowerIsBetter(candidate), Accuracy: accuracyOf(candidate)))
                .Where(pair => !double.IsNaN(pair.Quality) && Finite.Is(pair.Accuracy)),
        ];
        double[] qualities = [.. known.Select(pair => pair.Quality)], accuracies = [.. known.Select(pair => pair.Accuracy)];
        return new AccuracyAgreement(known.Length, KendallTau.Of(qualities, accuracies), SpearmanRho.Of(qualities, accuracies));
    }

    public bool IsDefined => !double.IsNaN(Tau) && !double.IsNaN(Rho);

    public static string Text(double correlation) =>
        double.IsNaN(correlation) ? "not defined" : correlation.ToString("0.000", CultureInfo.InvariantCulture).Replace('-', '−');
}
