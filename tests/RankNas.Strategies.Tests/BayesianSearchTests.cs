using RankNas.Abstractions.Tests.Support;
using RankNas.Strategies.Tests.Support;

namespace RankNas.Strategies.Tests;

public class BayesianSearchTests
{
    private static readonly GridSpace Grid = GridSpace.Of(positions: 6, alleles: 5);

    [Fact]
    public async Task NoArchitecture_IsAskedForTwice_AndEachStepIsFull()
    {
        KnownContext context = Context(120, seed: 1);
        await new BayesianSearch(new BayesianSearchOptions { FirstSize = 12, StepSize = 9 }).RunAsync(context);
        context.Asked.SelectMany(asked => asked).Should().OnlyHaveUniqueItems();
        context.Asked[0].Should().HaveCount(12);
        context.Asked.Skip(1).Should().AllSatisfy(step => step.Should().HaveCount(9));
    }

    [Fact]
    public async Task TheSameSeed_MakesTheSameSearch()
    {
        (KnownContext first, KnownContext second) = (Context(60, seed: 3), Context(60, seed: 3));
        await new BayesianSearch().RunAsync(first);
        await new BayesianSearch().RunAsync(second);
        second.Asked.Should().BeEquivalentTo(first.Asked, options => options.WithStrictOrdering());
    }

    [Fact]
    public async Task ASpaceThatIsUsedUp_EndsTheSearch()
    {
        GridSpace small = GridSpace.Of(positions: 3, alleles: 3);
        (await new BayesianSearch().RunAsync(new KnownContext(small, budget: 1000, new Random(1)))).Should().BeEquivalentTo(small.Viable);
    }

    [Fact]
    public void Options_AreChecked_AndHaveTheDocumentedDefaults()
    {
        var expected = new BayesianSearchOptions
        {
            FirstSize = 20,
            StepSize = 4,
            Candidates = 200,
            Parents = 10,
            RandomRate = 0.1,
            CrossoverRate = 0.3,
            LengthScale = 0.5,
            Noise = 0.03,
            MostFitted = 200,
        };
        new BayesianSearch().Options.Should().Be(expected);
        Refusal(nameof(BayesianSearchOptions.FirstSize), () => new BayesianSearchOptions { FirstSize = 0 }, "FirstSize is 0: it must be at least 1.");
        Refusal(nameof(BayesianSearchOptions.StepSize), () => new BayesianSearchOptions { StepSize = 0 }, "StepSize is 0: it must be at least 1.");
        Refusal(nameof(BayesianSearchOptions.Candidates), () => new BayesianSearchOptions { Candidates = 100_001 }, "Candidates is 100001: it must be at most 100,000.");
        Refusal(nameof(BayesianSearchOptions.Parents), () => new BayesianSearchOptions { Parents = 0 }, "Parents is 0: it must be at least 1.");
        Refusal(nameof(BayesianSearchOptions.RandomRate), () => new BayesianSearchOptions { RandomRate = 1.5 }, "RandomRate is 1.5: it must be from 0 to 1.");
        Refusal(nameof(BayesianSearchOptions.CrossoverRate), () => new BayesianSearchOptions { CrossoverRate = -1 }, "CrossoverRate is -1: it must be from 0 to 1.");
        Refusal(nameof(BayesianSearchOptions.LengthScale), () => new BayesianSearchOptions { LengthScale = 0 }, "LengthScale is 0: it must be a finite number greater than 0.");
        Refusal(nameof(BayesianSearchOptions.Noise), () => new BayesianSearchOptions { Noise = double.NaN }, "Noise is NaN: it must be a finite number greater than 0.");
        Refusal(nameof(BayesianSearchOptions.MostFitted), () => new BayesianSearchOptions { MostFitted = 1 }, "MostFitted is 1: it must be at least 2.");
    }

    private static KnownContext Context(int budget, int seed) => new(Grid, budget, new Random(seed));

    private static void Refusal(string option, Func<BayesianSearchOptions> create, string message) =>
        create.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message + "*").WithParameterName(option);
}
