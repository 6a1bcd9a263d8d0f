using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.SearchSpaces;

namespace RankNas.Extensions.DependencyInjection;

/// <summary>The built-in parts by the names that configuration has for them.</summary>
internal static class BuiltInParts
{
    public static IReadOnlyDictionary<string, Func<NasBuilder, NasBuilder>> Presets { get; } = Named(
        ("paper", builder => builder.UsePaper()),
        ("recommended", builder => builder.UseRecommended()),
        ("az-nas", builder => builder.UseAzNas()));

    public static IReadOnlyDictionary<string, Func<NasBuilder, NasBuilder>> Spaces { get; } = Named(
        (NatsTopologySpace.Name, builder => builder.UseSpace(new NatsTopologySpace())),
        (NatsSizeSpace.Name, builder => builder.UseSpace(new NatsSizeSpace())));

    public static IReadOnlyDictionary<string, Func<NasBuilder, NasBuilder>> Proxies { get; } = Named(
        ("noise-immunity-log1p", builder => builder.AddNoiseImmunity()),
        ("noise-immunity", builder => builder.AddNoiseImmunity(NoiseImmunityForm.Eta)),
        ("noise-immunity-complexity", builder => builder.AddNoiseImmunity(NoiseImmunityForm.Complexity)),
        ("naswot", builder => builder.AddNaswot()),
        ("logsynflow", builder => builder.AddLogSynFlow()),
        ("synflow", builder => builder.AddSynFlow()),
        ("skip-depth", builder => builder.AddSkipDepth()),
        ("expressivity", builder => builder.AddExpressivity()),
        ("progressivity", builder => builder.AddProgressivity()),
        ("trainability", builder => builder.AddTrainability()),
        ("snip", builder => builder.AddSnip()),
        ("grasp", builder => builder.AddGrasp()),
        ("fisher", builder => builder.AddFisher()),
        ("ntk", builder => builder.AddNtk()),
        ("grad-norm", builder => builder.AddGradNorm()),
        ("params", builder => builder.AddParameterCount()),
        ("macs", builder => builder.AddMacCount()));

    public static IReadOnlyDictionary<string, Func<NasBuilder, NasBuilder>> Strategies { get; } = Named(
        ("random", builder => builder.UseRandomSearch()),
        ("genetic", builder => builder.UseGeneticSearch()),
        ("annealing", builder => builder.UseSimulatedAnnealing()),
        ("ageing", builder => builder.UseAgingEvolution()),
        ("exhaustive", builder => builder.UseExhaustiveSearch()));

    public static IReadOnlyDictionary<string, Func<NasBuilder, NasBuilder>> Aggregators { get; } = Named(
        [.. ((IRankAggregator[])[new RankSum(), new LogRankSum(), new MaxNormalizedSum()])
            .Select(aggregator => (aggregator.Id, (Func<NasBuilder, NasBuilder>)(builder => builder.UseAggregator(aggregator))))]);

    private static Dictionary<string, Func<NasBuilder, NasBuilder>> Named(params (string Name, Func<NasBuilder, NasBuilder> Use)[] parts) =>
        parts.ToDictionary(part => part.Name, part => part.Use, StringComparer.OrdinalIgnoreCase);
}
