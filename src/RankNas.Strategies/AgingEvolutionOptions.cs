namespace RankNas.Strategies;

/// <summary>The settings of <see cref="AgingEvolution"/>.</summary>
public sealed record AgingEvolutionOptions
{
    /// <summary>Gets the number of individuals alive at once, from 2 to 1,000,000.</summary>
    /// <value>The default is 50.</value>
    public int PopulationSize { get; init => field = OptionChecks.Number(value, 2, nameof(PopulationSize)); } = 50;

    /// <summary>Gets how many are drawn to find two parents among, from 2 to <see cref="PopulationSize"/>.</summary>
    /// <value>The default is 5.</value>
    public int TournamentSize { get; init => field = OptionChecks.Number(value, 2, nameof(TournamentSize)); } = 5;

    /// <summary>Gets how many tournaments are held before their children, three each, are scored together, from 1 to 1,000,000.</summary>
    /// <value>The default is 4: enough children to keep a dozen workers busy.</value>
    public int TournamentsPerStep { get; init => field = OptionChecks.Number(value, 1, nameof(TournamentsPerStep)); } = 4;

    /// <summary>Gets after how many steps in a row without a new architecture the search has converged and ends, at least 1.</summary>
    /// <value>The default is 500.</value>
    public int Patience { get; init => field = OptionChecks.AtLeast(value, 1, nameof(Patience)); } = 500;
}
