namespace RankNas.Strategies;

/// <summary>The settings of <see cref="AgingEvolution"/>.</summary>
public sealed record AgingEvolutionOptions
{
    /// <summary>Gets the size of the population, from 2 to 1,000,000.</summary>
    /// <value>The default is 50.</value>
    public int PopulationSize { get; init => field = OptionChecks.Number(value, 2, nameof(PopulationSize)); } = 50;

    /// <summary>Gets the size of a tournament, whose best two are the parents, from 2 to <see cref="PopulationSize"/>.</summary>
    /// <value>The default is 5.</value>
    public int TournamentSize { get; init => field = OptionChecks.Number(value, 2, nameof(TournamentSize)); } = 5;

    /// <summary>Gets the number of tournaments per step, whose children, three each, are scored together, from 1 to 1,000,000.</summary>
    /// <value>The default is 4: enough children to keep a dozen workers busy.</value>
    public int TournamentsPerStep { get; init => field = OptionChecks.Number(value, 1, nameof(TournamentsPerStep)); } = 4;

    /// <summary>Gets how many steps are scored at once, from 1 to 1,000,000. With several, no worker waits for the last child of a step.</summary>
    /// <remarks>A step's parents are then selected before the children of the steps under way have joined the population. The result depends on this number, and on no worker.</remarks>
    /// <value>The default is 1.</value>
    public int StepsAtOnce { get; init => field = OptionChecks.Number(value, 1, nameof(StepsAtOnce)); } = 1;

    /// <summary>Gets the number of steps in a row without a new architecture after which the search ends, at least 1.</summary>
    /// <value>The default is 500.</value>
    public int Patience { get; init => field = OptionChecks.AtLeast(value, 1, nameof(Patience)); } = 500;
}
