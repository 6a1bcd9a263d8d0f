namespace RankNas.Strategies;

/// <summary>The settings of <see cref="ParetoSearch"/>.</summary>
public sealed record ParetoSearchOptions
{
    /// <summary>Gets the size of the population, and the number of children of a generation, from 2 to 1,000,000.</summary>
    /// <value>The default is 20.</value>
    public int PopulationSize { get; init => field = OptionChecks.Number(value, 2, nameof(PopulationSize)); } = 20;

    /// <summary>Gets the probability that a child comes of two parents, from 0 to 1; otherwise it is a mutant of one.</summary>
    /// <value>The default is 0.9.</value>
    public double CrossoverRate { get; init => field = OptionChecks.Probability(value, nameof(CrossoverRate)); } = 0.9;

    /// <summary>Gets the probability that a child of two parents mutates too, from 0 to 1.</summary>
    /// <value>The default is 0.5.</value>
    public double MutationRate { get; init => field = OptionChecks.Probability(value, nameof(MutationRate)); } = 0.5;
}
