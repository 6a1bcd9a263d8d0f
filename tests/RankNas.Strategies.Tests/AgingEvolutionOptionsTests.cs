namespace RankNas.Strategies.Tests;

public class AgingEvolutionOptionsTests
{
    [Fact]
    public void Defaults_AreAsDocumented() => new AgingEvolution().Options.Should().Be(new AgingEvolutionOptions
    {
        PopulationSize = 50,
        TournamentSize = 5,
        TournamentsPerStep = 4,
        StepsAtOnce = 1,
        Patience = 500,
    });

    [Fact]
    public void PopulationSize_BelowTwo_SaysSo() => Refusal(
        nameof(AgingEvolutionOptions.PopulationSize),
        () => new AgingEvolutionOptions { PopulationSize = 1 },
        "PopulationSize is 1: it must be at least 2.");

    [Fact]
    public void TournamentSize_BelowTwo_SaysSo() => Refusal(
        nameof(AgingEvolutionOptions.TournamentSize),
        () => new AgingEvolutionOptions { TournamentSize = 1 },
        "TournamentSize is 1: it must be at least 2.");

    [Fact]
    public void TournamentsPerStep_BelowOne_SaysSo() => Refusal(
        nameof(AgingEvolutionOptions.TournamentsPerStep),
        () => new AgingEvolutionOptions { TournamentsPerStep = 0 },
        "TournamentsPerStep is 0: it must be at least 1.");

    [Fact]
    public void StepsAtOnce_BelowOne_SaysSo() => Refusal(
        nameof(AgingEvolutionOptions.StepsAtOnce), () => new AgingEvolutionOptions { StepsAtOnce = 0 }, "StepsAtOnce is 0: it must be at least 1.");

    [Fact]
    public void AgingEvolution_TournamentAsLargeAsThePopulation_IsTaken() =>
        new AgingEvolution(new AgingEvolutionOptions { PopulationSize = 5, TournamentSize = 5 }).Options.PopulationSize.Should().Be(5);

    [Fact]
    public void Patience_BelowOne_SaysSo() => Refusal(
        nameof(AgingEvolutionOptions.Patience), () => new AgingEvolutionOptions { Patience = 0 }, "Patience is 0: it must be at least 1.");

    [Fact]
    public void AgingEvolution_TournamentLargerThanThePopulation_SaysSo() =>
        FluentActions.Invoking(() => new AgingEvolution(new AgingEvolutionOptions { PopulationSize = 4 }))
            .Should().Throw<ArgumentException>().WithMessage("TournamentSize is 5: it must be at most PopulationSize, 4.*").WithParameterName("options");

    private static void Refusal(string option, Func<AgingEvolutionOptions> create, string message) =>
        create.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message + "*").WithParameterName(option);

    [Fact]
    public void NumbersOfArchitecturesBeyondReason_AreRefused()
    {
        FluentActions.Invoking(() => new AgingEvolutionOptions { PopulationSize = int.MaxValue }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("PopulationSize is 2147483647: it must be at most 1,000,000.*");
        FluentActions.Invoking(() => new AgingEvolutionOptions { TournamentsPerStep = int.MaxValue }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("TournamentsPerStep is 2147483647: it must be at most 1,000,000.*");
    }
}
