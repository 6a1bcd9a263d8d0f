using System.Reflection;
using RankNas.Scoring;
using RankNas.Search;

namespace RankNas.Results;

/// <summary>Lists every setting that a search's result depends on.</summary>
internal static class SearchSettings
{
    public const string Aggregator = "aggregator";
    public const string Initializer = "initializer";

    public static ImmutableArray<SearchSetting> Of(SearchPlan plan, SearchResult result)
    {
        EvaluationSetup setup = plan.Setup;
        NetworkShape shape = setup.Images.Shape;
        return
        [
            new("space", result.Space),
            .. result.Constraints.Select(constraint => new SearchSetting("constraint", constraint)),
            .. result.Objectives.Select(objective => new SearchSetting("objective", objective.Id)),
            .. result.Proxies.Select(proxy => new SearchSetting("proxy", WithSettings(proxy.Id, proxy.Settings))),
            new(Aggregator, result.Aggregator),
            new("strategy", WithSettings(result.Strategy, result.StrategySettings)),
            new("budget", Text(result.Budget)),
            new("seed", Text(result.Seed)),
            new("strategy-seed", Text(plan.StrategySeed)),
            new("repeats", Text(plan.Repeats)),
            new("equal-graphs-as-one", plan.TreatEqualGraphsAsOne ? "yes" : "no"),
            new("images", result.Images.Description),
            new("batch", Text(result.Images.BatchSize)),
            new("images-fingerprint", result.Images.Fingerprint),
            new("image-shape", string.Create(CultureInfo.InvariantCulture, $"{shape.InputText}, {shape.Classes} classes")),
            new("noise", setup.Noise.Id),
            new(Initializer, setup.Initializer.Id),
            new("precision", setup.Precision.ToId()),
            new("device", string.Join(", ", setup.Devices)),
            new("numerics", setup.Numerics),
            new("ranknas-version", Version),
        ];
    }

    private static string Version { get; } =
        typeof(SearchSettings).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static string WithSettings(string id, string settings) => settings.Length == 0 ? id : $"{id} ({settings})";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
