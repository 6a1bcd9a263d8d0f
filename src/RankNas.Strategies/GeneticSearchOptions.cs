namespace RankNas.Strategies;

/// <summary>The settings of <see cref="GeneticSearch"/>; the defaults are the authors'.</summary>
public sealed record GeneticSearchOptions
{
    /// <summary>Gets the number of individuals in a generation, from 3 to 1,000,000.</summary>
    /// <value>The default is 100.</value>
    public int PopulationSize { get; init => field = OptionChecks.Number(value, 3, nameof(PopulationSize)); } = 100;

    /// <summary>Gets the number of generations bred after the first, at least 1.</summary>
    /// <value>The default is 10.</value>
    public int Generations { get; init => field = OptionChecks.AtLeast(value, 1, nameof(Generations)); } = 10;

    /// <summary>Gets the probability of a crossover, from 0 to 1; otherwise both parents survive unchanged.</summary>
    /// <value>The default is 0.7.</value>
    public double CrossoverRate { get; init => field = OptionChecks.Probability(value, nameof(CrossoverRate)); } = 0.7;

    /// <summary>Gets the probability that a child mutates in one gene, from 0 to 1.</summary>
    /// <value>The default is 0.08.</value>
    public double MutationRate { get; init => field = OptionChecks.Probability(value, nameof(MutationRate)); } = 0.08;

    /// <summary>Gets the size of a tournament, whose best two are the parents, from 2 to <see cref="PopulationSize"/>.</summary>
    /// <value>The default is 3.</value>
    public int TournamentSize { get; init => field = OptionChecks.Number(value, 2, nameof(TournamentSize)); } = 3;

    /// <summary>Gets how many of a generation's best by each proxy join the candidates, from 1 to 1,000,000.</summary>
    /// <value>The default is 2.</value>
    public int CandidatesPerProxy { get; init => field = OptionChecks.Number(value, 1, nameof(CandidatesPerProxy)); } = 2;
}
