using System.Globalization;
using System.Text.RegularExpressions;

namespace RankNas.Strategies.Tests;

public partial class StrategySettingsTests
{
    public static TheoryData<ISearchStrategy, object> WithOptions => new()
    {
        { new GeneticSearch(new GeneticSearchOptions { CrossoverRate = 0.25 }), new GeneticSearchOptions { CrossoverRate = 0.25 } },
        { new SimulatedAnnealing(new SimulatedAnnealingOptions { Alpha = 1e-5 }), new SimulatedAnnealingOptions { Alpha = 1e-5 } },
        { new ParetoSearch(new ParetoSearchOptions { MutationRate = 0.25 }), new ParetoSearchOptions { MutationRate = 0.25 } },
        { new BayesianSearch(new BayesianSearchOptions { LengthScale = 0.25 }), new BayesianSearchOptions { LengthScale = 0.25 } },
        { new LocalSearch(new LocalSearchOptions { CrossoverRate = 0.5 }), new LocalSearchOptions { CrossoverRate = 0.5 } },
        { new SearchEconomics(new SearchEconomicsOptions { MutationRate = 0.5 }), new SearchEconomicsOptions { MutationRate = 0.5 } },
        { new AgingEvolution(new AgingEvolutionOptions { Patience = 7 }), new AgingEvolutionOptions { Patience = 7 } },
    };

    [Theory]
    [MemberData(nameof(WithOptions), DisableDiscoveryEnumeration = true)]
    public void Settings_NameEveryOption_InAnyCulture(ISearchStrategy strategy, object options)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            strategy.Settings.Split(", ").Should().BeEquivalentTo(options.GetType().GetProperties().Select(property => string.Create(
                CultureInfo.InvariantCulture, $"{Capital().Replace(property.Name, "-$0").ToLowerInvariant()}={property.GetValue(options)}")));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Settings_StrategiesWithoutOptions_AreEmpty() =>
        ((ISearchStrategy[])[new RandomSearch(), new ExhaustiveSearch()]).Select(strategy => strategy.Settings).Should().OnlyContain(text => text.Length == 0);

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capital();
}
