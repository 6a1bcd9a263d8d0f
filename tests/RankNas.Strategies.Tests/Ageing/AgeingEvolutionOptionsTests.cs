namespace RankNas.Tests;

public class AgeingEvolutionOptionsTests
{
    [Fact]
    public void Defaults_AreAsDocumented() => new AgeingEvolution().Options.Should().Be(new AgeingEvolutionOptions
    {
        PopulationSize = 50,
        TournamentSize = 5,
        TournamentsPerStep = 4,
        Patience = 500,
    });

    [Fact]
    public void PopulationSize_BelowTwo_SaysSo() => Refusal(
        nameof(AgeingEvolutionOptions.PopulationSize),
        () => new AgeingEvolutionOptions { PopulationSize = 1 },
        "PopulationSize is 1: it must be at least 2.");

    [Fact]
    public void TournamentSize_BelowTwo_SaysSo() => Refusal(
        nameof(AgeingEvolutionOptions.TournamentSize),
        () => new AgeingEvolutionOptions { TournamentSize = 1 },
        "TournamentSize is 1: it must be at least 2.");

    [Fact]
    public void TournamentsPerStep_BelowOne_SaysSo() => Refusal(
        nameof(AgeingEvolutionOptions.TournamentsPerStep),
        () => new AgeingEvolutionOptions { TournamentsPerStep = 0 },
        "TournamentsPerStep is 0: it must be at least 1.");

    [Fact]
    public void Patience_BelowOne_SaysSo() => Refusal(
        nameof(AgeingEvolutionOptions.Patience), () => new AgeingEvolutionOptions { Patience = 0 }, "Patience is 0: it must be at least 1.");

    [Fact]
    public void AgeingEvolution_TournamentLargerThanThePopulation_SaysSo() =>
        FluentActions.Invoking(() => new AgeingEvolution(new AgeingEvolutionOptions { PopulationSize = 4 }))
            .Should().Throw<ArgumentException>().WithMessage("TournamentSize is 5: it must be at most PopulationSize, 4.*").WithParameterName("options");

    private static void Refusal(string option, Func<AgeingEvolutionOptions> create, string message) =>
        create.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message + "*").WithParameterName(option);

    [Fact]
    public void NumbersOfArchitecturesBeyondReason_AreRefused()
    {
        FluentActions.Invoking(() => new AgeingEvolutionOptions { PopulationSize = int.MaxValue }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("PopulationSize is 2147483647: it must be at most 1,000,000.*");
        FluentActions.Invoking(() => new AgeingEvolutionOptions { TournamentsPerStep = int.MaxValue }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("TournamentsPerStep is 2147483647: it must be at most 1,000,000.*");
    }
}
