namespace RankNas.Strategies;

/// <summary>The settings of <see cref="BayesianSearch"/>; the defaults were selected by ranks alone.</summary>
public sealed record BayesianSearchOptions
{
    /// <summary>Gets how many architectures are drawn at first, from 1 to 1,000,000.</summary>
    /// <value>The default is 20.</value>
    public int FirstSize { get; init => field = OptionChecks.Number(value, 1, nameof(FirstSize)); } = 20;

    /// <summary>Gets how many architectures a step scores, from 1 to 1,000,000: at least one for each worker, so that none waits.</summary>
    /// <value>The default is 4.</value>
    public int StepSize { get; init => field = OptionChecks.Number(value, 1, nameof(StepSize)); } = 4;

    /// <summary>Gets how many new architectures a step chooses from, from 1 to 100,000.</summary>
    /// <value>The default is 200.</value>
    public int Candidates { get; init => field = OptionChecks.Number(value, 1, nameof(Candidates), 100_000); } = 200;

    /// <summary>Gets how many of the best have mutants and crossovers among the candidates, from 1 to 1,000,000.</summary>
    /// <value>The default is 10.</value>
    public int Parents { get; init => field = OptionChecks.Number(value, 1, nameof(Parents)); } = 10;

    /// <summary>Gets the share of candidates that are drawn from the whole space, from 0 to 1.</summary>
    /// <value>The default is 0.1.</value>
    public double RandomRate { get; init => field = OptionChecks.Probability(value, nameof(RandomRate)); } = 0.1;

    /// <summary>Gets the probability that a candidate with parents is a crossover and not a mutant, from 0 to 1.</summary>
    /// <value>The default is 0.3.</value>
    public double CrossoverRate { get; init => field = OptionChecks.Probability(value, nameof(CrossoverRate)); } = 0.3;

    /// <summary>Gets the length scale of the kernel: two architectures that differ in this share of their genes correlate by 1/e. Greater than 0.</summary>
    /// <value>The default is 0.5.</value>
    public double LengthScale { get; init => field = OptionChecks.Positive(value, nameof(LengthScale)); } = 0.5;

    /// <summary>Gets the variance of the noise, of values whose own variance is 1. Greater than 0.</summary>
    /// <value>The default is 0.03.</value>
    public double Noise { get; init => field = OptionChecks.Positive(value, nameof(Noise)); } = 0.03;

    /// <summary>Gets how many architectures the process is fitted to, the best of all, from 2 to 5,000. A fit takes time by its third power.</summary>
    /// <value>The default is 200.</value>
    public int MostFitted { get; init => field = OptionChecks.Number(value, 2, nameof(MostFitted), 5_000); } = 200;
}
