using System.Reflection;
using System.Text.RegularExpressions;
using RankNas.Core.Tests.Support;
using RankNas.Plotting.Reports;
using RankNas.Plotting.Tests.Support;
using RankNas.Scores;
using RankNas.Strategies;

namespace RankNas.Plotting.Tests.Reports;

public partial class SearchProgramTests
{
    private static readonly HashSet<string> Calls =
    [
        .. ((Type[])[typeof(NasBuilder), typeof(NasExperiment), typeof(ProxyBuilderExtensions), typeof(StrategyBuilderExtensions), typeof(NatsBuilderExtensions)])
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance)).Select(method => method.Name),
    ];

    public static TheoryData<string> Proxies { get; } =
    [
        .. typeof(ProxyBuilderExtensions).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(method => method.Name),
    ];

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Of_EveryBuiltInProxy_CallsItsMethod(string method)
    {
        MethodInfo add = typeof(ProxyBuilderExtensions).GetMethod(method)!.MakeGenericMethod(typeof(NasBuilder));
        string program = await ProgramOf(builder => add.Invoke(null, [builder, .. add.GetParameters().Skip(1).Select(parameter => parameter.DefaultValue)]));
        CallsOf(program).Should().Contain(method).And.BeSubsetOf(Calls);
    }

    [Fact]
    public async Task Of_EveryBuiltInStrategy_CallsItsMethod()
    {
        foreach ((ISearchStrategy strategy, string call) in ((ISearchStrategy, string)[])
        [
            (new RandomSearch(), ".UseRandomSearch()"), (new ExhaustiveSearch(), ".UseExhaustiveSearch()"),
            (new GeneticSearch(), ".UseGeneticSearch(new GeneticSearchOptions { PopulationSize = 100, Generations = 10, CrossoverRate = 0.7, MutationRate = 0.08, TournamentSize = 3, CandidatesPerProxy = 2 })"),
            (new SimulatedAnnealing(), ".UseSimulatedAnnealing(new SimulatedAnnealingOptions { InitialTemperature = 1, FinalTemperature = 0.0008, CoolingRate = 0.745, IterationsPerTemperature = 4, Neighbors = 10, Alpha = 0.25, Beta = 1 })"),
        ])
        {
            string program = await ProgramOf(builder => builder.AddNaswot().UseStrategy(strategy));
            program.Should().Contain($"    {call}\n");
            CallsOf(program).Should().BeSubsetOf(Calls);
        }
    }

    [Fact]
    public async Task Of_PartsOfTheUsersOwn_NamesThemInComments()
    {
        string program = SearchProgram.Of(await ExampleResults.Hostile());
        program.Should().Contain("    // .UseSpace(…): hostile").And.Contain("    // .AddProxy(…): a</text>").And.Contain("    // .UseStrategy(…): take-first\n").And.NotContain("\u0002");
        program.Split('\n').Should().OnlyContain(line => line.StartsWith("SearchResult result", StringComparison.Ordinal) || line.StartsWith("    ", StringComparison.Ordinal));
    }

    private static async Task<string> ProgramOf(Action<NasBuilder> change)
    {
        NasBuilder builder = NasBuilder.Create().UseNatsTopology().UseRandomSearch().WithBudget(1).WithBatchSize(2).WithRepeats(2).TreatEqualGraphsAsOne()
            .UseEvaluator(() => new ScriptedEvaluator((_, _) => Score.Of(1)));
        change(builder);
        return SearchProgram.Of(await builder.Build().RunAsync(TestContext.Current.CancellationToken));
    }

    private static string[] CallsOf(string program) => [.. Call().Matches(program).Select(call => call.Groups[1].Value)];

    [GeneratedRegex(@"(?<=^    |\))\.(\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Call();
}
