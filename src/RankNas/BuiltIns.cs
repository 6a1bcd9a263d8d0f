using System.Globalization;
using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.SearchSpaces;
using RankNas.Strategies;

namespace RankNas;

/// <summary>The built-in components by their ids, for configuration and the command line. They are immutable, so that all users share them.</summary>
internal static class BuiltIns
{
    /// <summary>Gets the spaces that the bench and the doctor time.</summary>
    public static IReadOnlyList<ISearchSpace> TimedSpaces { get; } = [new NatsTopologySpace(), new NatsSizeSpace()];

    public static IReadOnlyDictionary<string, IZeroCostProxy> Proxies { get; } = ById<IZeroCostProxy>(
        proxy => proxy.Id,
        new NoiseImmunity(NoiseImmunityForm.Eta),
        new NoiseImmunity(NoiseImmunityForm.Complexity),
        new NoiseImmunity(NoiseImmunityForm.Log1p),
        new Naswot(),
        new LogSynFlow(),
        new SynFlow(),
        new SkipDepth(),
        new Expressivity(),
        new Progressivity(),
        new Trainability(),
        new Snip(),
        new Grasp(),
        new Fisher(),
        new NtkConditionNumber(),
        new GradientNorm(),
        new ParameterCount(),
        new MacCount());

    public static IReadOnlyDictionary<string, ISearchStrategy> Strategies { get; } = ById<ISearchStrategy>(
        strategy => strategy.Id, new RandomSearch(), new GeneticSearch(), new SimulatedAnnealing(), new AgingEvolution(), new SearchEconomics(), new LocalSearch(), new ExhaustiveSearch());

    public static IReadOnlyDictionary<string, IRankAggregator> Aggregators { get; } = ById<IRankAggregator>(
        aggregator => aggregator.Id, new RankSum(), new LogRankSum(), new MaxNormalizedSum());

    public static IReadOnlyDictionary<string, Func<NasBuilder, NasBuilder>> Presets { get; } = new Dictionary<string, Func<NasBuilder, NasBuilder>>(StringComparer.OrdinalIgnoreCase)
    {
        ["paper"] = builder => builder.UsePaper(),
        ["recommended"] = builder => builder.UseRecommended(),
        ["az-nas"] = builder => builder.UseAzNas(),
    };

    /// <summary>Makes the built-in space of an id; null where no built-in space has it.</summary>
    public static ISearchSpace? FindSpace(string id)
    {
        try
        {
            return SpaceCatalog.Create(id) is var space && space.Id == id ? space : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Makes a proxy with settings that are not its default ones; null where no built-in proxy has such settings.</summary>
    public static IZeroCostProxy? WithSettings(ProxyDescriptor wanted)
    {
        const string Images = "images=";
        IZeroCostProxy? proxy = wanted.Settings.StartsWith(Images, StringComparison.Ordinal)
            && int.TryParse(wanted.Settings[Images.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int images) && images >= 2
                ? new NtkConditionNumber(new NtkOptions { Images = images })
                : null;
        return proxy is not null && ProxyDescriptor.Of(proxy) == wanted ? proxy : null;
    }

    private static Dictionary<string, T> ById<T>(Func<T, string> id, params T[] components) => components.ToDictionary(id, StringComparer.OrdinalIgnoreCase);
}
