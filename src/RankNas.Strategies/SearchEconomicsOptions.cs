namespace RankNas.Strategies;

/// <summary>The settings of <see cref="SearchEconomics"/>; the papers leave the numbers to the problem, and the defaults are ours.</summary>
public sealed record SearchEconomicsOptions
{
    /// <summary>Gets n, the number of searchers, from 1 to 1,000.</summary>
    /// <value>The default is 4.</value>
    public int Searchers { get; init => field = OptionChecks.Number(value, 1, nameof(Searchers), MostOfEach); } = 4;

    /// <summary>Gets h, the number of regions that the space is divided into, from 1 to 1,000; as many as there are architectures in a smaller space.</summary>
    /// <value>The default is 4.</value>
    public int Regions { get; init => field = OptionChecks.Number(value, 1, nameof(Regions), MostOfEach); } = 4;

    /// <summary>Gets w, the number of goods that a region holds, from 1 to 1,000.</summary>
    /// <value>The default is 2.</value>
    public int GoodsPerRegion { get; init => field = OptionChecks.Number(value, 1, nameof(GoodsPerRegion), MostOfEach); } = 2;

    /// <summary>Gets how many regions a searcher draws to invest in the one with the largest expected value, from 1 to <see cref="Regions"/>.</summary>
    /// <value>The default is 3.</value>
    public int TournamentSize { get; init => field = OptionChecks.Number(value, 1, nameof(TournamentSize), MostOfEach); } = 3;

    /// <summary>Gets the probability that a candidate mutates in one gene, from 0 to 1.</summary>
    /// <value>The default is 1: a crossover of equal parents brings nothing new.</value>
    public double MutationRate { get; init => field = OptionChecks.Probability(value, nameof(MutationRate)); } = 1;

    /// <summary>Gets the number of rounds in a row without a new architecture after which the search ends, at least 1.</summary>
    /// <value>The default is 100.</value>
    public int Patience { get; init => field = OptionChecks.AtLeast(value, 1, nameof(Patience)); } = 100;

    private const int MostOfEach = 1_000;
}
