namespace RankNas.Strategies.Tests;

public class GeneticSearchOptionsTests
{
    [Fact]
    public void Defaults_AreTheAuthors() => new GeneticSearch().Options.Should().Be(new GeneticSearchOptions
    {
        PopulationSize = 100,
        Generations = 10,
        CrossoverRate = 0.7,
        MutationRate = 0.08,
        TournamentSize = 3,
        CandidatesPerProxy = 2,
    });

    [Theory]
    [InlineData(2, "PopulationSize is 2: it must be at least 3.")]
    [InlineData(-1, "PopulationSize is -1: it must be at least 3.")]
    public void PopulationSize_BelowThree_SaysSo(int value, string message) =>
        Refusal(nameof(GeneticSearchOptions.PopulationSize), () => new GeneticSearchOptions { PopulationSize = value }, message);

    [Fact]
    public void Generations_BelowOne_SaysSo() => Refusal(
        nameof(GeneticSearchOptions.Generations), () => new GeneticSearchOptions { Generations = 0 }, "Generations is 0: it must be at least 1.");

    [Theory]
    [InlineData(-0.1, "CrossoverRate is -0.1: it must be from 0 to 1.")]
    [InlineData(1.5, "CrossoverRate is 1.5: it must be from 0 to 1.")]
    [InlineData(double.NaN, "CrossoverRate is NaN: it must be from 0 to 1.")]
    public void CrossoverRate_NoProbability_SaysSo(double value, string message) =>
        Refusal(nameof(GeneticSearchOptions.CrossoverRate), () => new GeneticSearchOptions { CrossoverRate = value }, message);

    [Theory]
    [InlineData(-0.1, "MutationRate is -0.1: it must be from 0 to 1.")]
    [InlineData(1.5, "MutationRate is 1.5: it must be from 0 to 1.")]
    [InlineData(double.NaN, "MutationRate is NaN: it must be from 0 to 1.")]
    public void MutationRate_NoProbability_SaysSo(double value, string message) =>
        Refusal(nameof(GeneticSearchOptions.MutationRate), () => new GeneticSearchOptions { MutationRate = value }, message);

    [Fact]
    public void TournamentSize_BelowTwo_SaysSo() => Refusal(
        nameof(GeneticSearchOptions.TournamentSize), () => new GeneticSearchOptions { TournamentSize = 1 }, "TournamentSize is 1: it must be at least 2.");

    [Fact]
    public void CandidatesPerProxy_BelowOne_SaysSo() => Refusal(
        nameof(GeneticSearchOptions.CandidatesPerProxy),
        () => new GeneticSearchOptions { CandidatesPerProxy = 0 },
        "CandidatesPerProxy is 0: it must be at least 1.");

    [Fact]
    public void GeneticSearch_TournamentLargerThanThePopulation_SaysSo() =>
        FluentActions.Invoking(() => new GeneticSearch(new GeneticSearchOptions { PopulationSize = 5, TournamentSize = 6 }))
            .Should().Throw<ArgumentException>().WithMessage("TournamentSize is 6: it must be at most PopulationSize, 5.*").WithParameterName("options");

    [Fact]
    public void TheLeastAndTheMostOfEverySetting_AreTaken() => new GeneticSearch(new GeneticSearchOptions
    {
        PopulationSize = 3,
        Generations = 1,
        CrossoverRate = 1,
        MutationRate = 0,
        TournamentSize = 3,
        CandidatesPerProxy = 1,
    }).Options.PopulationSize.Should().Be(3);

    [Fact]
    public void AMillionIndividuals_AreTheMost() => new GeneticSearchOptions { PopulationSize = 1_000_000 }.PopulationSize.Should().Be(1_000_000);

    private static void Refusal(string option, Func<GeneticSearchOptions> create, string message) =>
        create.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message + "*").WithParameterName(option);

    [Fact]
    public void NumbersOfArchitecturesBeyondReason_AreRefused()
    {
        FluentActions.Invoking(() => new GeneticSearchOptions { PopulationSize = int.MaxValue }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("PopulationSize is 2147483647: it must be at most 1,000,000.*");
        FluentActions.Invoking(() => new GeneticSearchOptions { CandidatesPerProxy = int.MaxValue }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("CandidatesPerProxy is 2147483647: it must be at most 1,000,000.*");
    }
}
