namespace RankNas.Strategies;

/// <summary>The settings of <see cref="SimulatedAnnealing"/>; the defaults are the authors', and give 1,000 candidates.</summary>
public sealed record SimulatedAnnealingOptions
{
    /// <summary>Gets Ψ₀, the temperature at the start, greater than <see cref="FinalTemperature"/>.</summary>
    /// <value>The default is 1.</value>
    public double InitialTemperature { get; init => field = OptionChecks.Positive(value, nameof(InitialTemperature)); } = 1;

    /// <summary>Gets τ, the temperature at which the search ends, greater than 0.</summary>
    /// <value>The default is 8e-4.</value>
    public double FinalTemperature { get; init => field = OptionChecks.Positive(value, nameof(FinalTemperature)); } = 8e-4;

    /// <summary>Gets r, the factor of the temperature, between 0 and 1.</summary>
    /// <value>The default is 0.745.</value>
    public double CoolingRate { get; init => field = OptionChecks.BetweenZeroAndOne(value, nameof(CoolingRate)); } = 0.745;

    /// <summary>Gets I, the iterations at each temperature, at least 1.</summary>
    /// <value>The default is 4.</value>
    public int IterationsPerTemperature { get; init => field = OptionChecks.AtLeast(value, 1, nameof(IterationsPerTemperature)); } = 4;

    /// <summary>Gets N, the neighbours drawn in an iteration, from 1 to 1,000,000.</summary>
    /// <value>The default is 10.</value>
    public int Neighbors { get; init => field = OptionChecks.Number(value, 1, nameof(Neighbors)); } = 10;

    /// <summary>Gets α of the acceptance exp(−αΔE/Ψ), greater than 0.</summary>
    /// <value>The default is 0.25.</value>
    public double Alpha { get; init => field = OptionChecks.Positive(value, nameof(Alpha)); } = 0.25;

    /// <summary>Gets β, the share of all candidates that the history H may keep, greater than 0.</summary>
    /// <value>The default is 1.</value>
    public double Beta { get; init => field = OptionChecks.Positive(value, nameof(Beta)); } = 1;
}
