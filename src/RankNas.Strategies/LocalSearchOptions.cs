namespace RankNas.Strategies;

/// <summary>The settings of <see cref="LocalSearch"/>; the defaults were selected by ranks alone.</summary>
public sealed record LocalSearchOptions
{
    /// <summary>Gets how many architectures are drawn at first, from 1 to 1,000,000.</summary>
    /// <value>The default is 15.</value>
    public int FirstSize { get; init => field = OptionChecks.Number(value, 1, nameof(FirstSize)); } = 15;

    /// <summary>Gets how many of the best have a child each step, from 1 to 1,000,000.</summary>
    /// <value>The default is 4.</value>
    public int Parents { get; init => field = OptionChecks.Number(value, 1, nameof(Parents)); } = 4;

    /// <summary>Gets the probability that a child is a crossover with another parent and not a mutant, from 0 to 1.</summary>
    /// <value>The default is 0.4.</value>
    public double CrossoverRate { get; init => field = OptionChecks.Probability(value, nameof(CrossoverRate)); } = 0.4;

    /// <summary>Gets the probability that a mutant mutates once more, from 0 to 1: a step out of a local optimum.</summary>
    /// <value>The default is 0.4.</value>
    public double SecondMutationRate { get; init => field = OptionChecks.Probability(value, nameof(SecondMutationRate)); } = 0.4;
}
