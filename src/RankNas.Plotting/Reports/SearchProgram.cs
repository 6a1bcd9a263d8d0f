using System.Text;

namespace RankNas.Plotting.Reports;

/// <summary>Writes the program that makes a search's ranking again, as far as its result tells.</summary>
internal static class SearchProgram
{
    private static readonly Dictionary<string, string> Spaces = new()
    {
        ["nats-tss"] = "UseNatsTopology()",
        ["nats-sss"] = "UseNatsSize()",
        ["nb101"] = "UseNasBench101()",
        ["macro"] = "UseNasBenchMacro()",
        ["darts"] = "UseDarts()",
        ["mobilenet"] = "UseMobileNet()",
        ["resnet"] = "UseResNet()",
        ["vit"] = "UseVisionTransformer()",
    };

    private static readonly Dictionary<string, string> Proxies = new()
    {
        ["naswot"] = "AddNaswot()",
        ["swap"] = "AddSwap()",
        ["swap-reg"] = "AddRegularizedSwap(new SwapOptions { @ })",
        ["near"] = "AddNear()",
        ["meco"] = "AddMeco()",
        ["meco-opt"] = "AddMeco(MecoForm.Optimized)",
        ["noise-immunity-live"] = "AddNoiseImmunity()",
        ["noise-immunity-log1p"] = "AddNoiseImmunity(NoiseImmunityForm.Log1p)",
        ["noise-immunity"] = "AddNoiseImmunity(NoiseImmunityForm.Eta)",
        ["noise-immunity-complexity"] = "AddNoiseImmunity(NoiseImmunityForm.Complexity)",
        ["logsynflow"] = "AddLogSynFlow()",
        ["synflow"] = "AddSynFlow()",
        ["skip-depth"] = "AddSkipDepth()",
        ["expressivity"] = "AddExpressivity()",
        ["progressivity"] = "AddProgressivity()",
        ["trainability"] = "AddTrainability()",
        ["snip"] = "AddSnip()",
        ["grasp"] = "AddGrasp()",
        ["fisher"] = "AddFisher()",
        ["grad-norm"] = "AddGradNorm()",
        ["ntk"] = "AddNtk(new NtkOptions { @ })",
        ["jacov"] = "AddJacov()",
        ["zico"] = "AddZico(new ZicoOptions { @ })",
        ["vkdnw"] = "AddVkdnw(VkdnwForm.Single, new VkdnwOptions { @ })",
        ["vkdnw-entropy"] = "AddVkdnw(VkdnwForm.Entropy, new VkdnwOptions { @ })",
        ["params"] = "AddParameterCount()",
        ["macs"] = "AddMacCount()",
    };

    private static readonly Dictionary<string, string> Strategies = new()
    {
        ["random"] = "UseRandomSearch()",
        ["exhaustive"] = "UseExhaustiveSearch()",
        ["genetic"] = "UseGeneticSearch(new GeneticSearchOptions { @ })",
        ["annealing"] = "UseSimulatedAnnealing(new SimulatedAnnealingOptions { @ })",
        ["ageing"] = "UseAgingEvolution(new AgingEvolutionOptions { @ })",
        ["economics"] = "UseSearchEconomics(new SearchEconomicsOptions { @ })",
        ["local"] = "UseLocalSearch(new LocalSearchOptions { @ })",
        ["pareto"] = "UseParetoSearch(new ParetoSearchOptions { @ })",
        ["bayesian"] = "UseBayesianSearch(new BayesianSearchOptions { @ })",
    };

    private static readonly Dictionary<string, string> Objectives = new()
    {
        ["params"] = "AddObjective(Objectives.Parameters)",
        ["macs"] = "AddObjective(Objectives.Macs)",
        ["memory"] = "AddObjective(Objectives.ActivationMemory)",
    };

    private static readonly Dictionary<string, string> Aggregators = new()
    {
        ["rank-sum"] = "UseAggregator(new RankSum())",
        ["log-rank-sum"] = "UseAggregator(new LogRankSum())",
        ["max-normalized-sum"] = "UseAggregator(new MaxNormalizedSum())",
    };

    private static readonly Dictionary<string, string> Noises = new()
    {
        ["gaussian"] = "UseNoise(NoiseGenerator.Gaussian)",
        ["splitmix"] = "UseNoise(NoiseGenerator.SplitMix)",
    };

    private static readonly Dictionary<string, string> Initializers = new()
    {
        ["default"] = "UseInitializer(WeightInitializer.Default)",
        ["splitmix"] = "UseInitializer(WeightInitializer.SplitMix)",
    };

    public static string Of(SearchResult result)
    {
        ILookup<string, string> settings = result.Settings.ToLookup(setting => setting.Name, setting => setting.Value);
        string Only(string name) => settings[name].Single();
        string[] calls =
        [
            Space(result.Space),
            .. result.Constraints.Select(constraint => Open("AddConstraint", constraint)),
            .. result.Proxies.Select(proxy => Call(Proxies, proxy.Id, proxy.Settings, "AddProxy")),
            .. result.Objectives.Select(objective => Call(Objectives, objective.Id, "", "AddObjective")),
            Call(Aggregators, result.Aggregator, "", "UseAggregator"),
            Call(Strategies, result.Strategy, result.StrategySettings, "UseStrategy"),
            Images(result.Images),
            $".WithBudget({Only("budget")})",
            $".WithSeed({Only("seed")})",
            .. Only("strategy-seed") == Only("seed") ? (string[])[] : [$".WithStrategySeed({Only("strategy-seed")})"],
            .. Only("repeats") == "1" ? (string[])[] : [$".WithRepeats({Only("repeats")})"],
            .. Only("equal-graphs-as-one") == "yes" ? (string[])[".TreatEqualGraphsAsOne()"] : [],
            Call(Noises, Only("noise"), "", "UseNoise"),
            Call(Initializers, Only("initializer"), "", "UseInitializer"),
            $".WithPrecision(Precision.{result.Precision})",
            Devices(Only("device").Split(", ")),
            ".Build().RunAsync();",
        ];
        var program = new StringBuilder("SearchResult result = await NasBuilder.Create()");
        foreach (string call in calls)
        {
            program.Append("\n    ").Append(call);
        }

        return program.ToString();
    }

    // A built-in space with settings is made by its id.
    private static string Space(string id) => id.EndsWith(')') && Spaces.ContainsKey(id.Split('(')[0])
        ? $".UseSpace(RankNas.SearchSpaces.SpaceCatalog.Create(\"{PictureText.Clean(id)}\"))"
        : Call(Spaces, id, "", "UseSpace");

    private static string Devices(string[] names) => $".WithDevice{(names.Length > 1 ? "s" : "")}({string.Join(", ", names.Select(name => $"\"{name}\""))})";

    private static string Images(ImagesUsed images) => images.IsSynthetic
        ? string.Create(CultureInfo.InvariantCulture, $".WithBatchSize({images.BatchSize})    // {PictureText.Clean(images.Description)}")
        : string.Create(CultureInfo.InvariantCulture, $"// .UseImages(…, {images.BatchSize}): {PictureText.Clean(images.Description)}");

    private static string Call(Dictionary<string, string> known, string id, string settings, string otherwise) => known.TryGetValue(id, out string? call)
        ? $".{call.Replace("@", Assignments(settings), StringComparison.Ordinal)}"
        : Open(otherwise, settings.Length == 0 ? id : $"{id} ({settings})");

    private static string Open(string call, string what) => $"// .{call}(…): {PictureText.Clean(what)}";

    // population-size=50, patience=500 → PopulationSize = 50, Patience = 500; where labels come from is no option.
    private static string Assignments(string settings) => string.Join(", ", settings.Split(", ", StringSplitOptions.RemoveEmptyEntries)
        .Where(setting => !setting.StartsWith("labels=", StringComparison.Ordinal))
        .Select(setting => setting.Split('=', 2))
        .Select(pair => $"{string.Concat(pair[0].Split('-').Select(ReportFigures.Sentence))} = {pair[^1]}"));
}
