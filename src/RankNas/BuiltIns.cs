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
        new NoiseImmunity(NoiseImmunityForm.Live),
        new Naswot(),
        new Swap(),
        new RegularizedSwap(),
        new Near(),
        new Meco(),
        new Meco(MecoForm.Optimized),
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
        new Jacov(),
        new Zico(),
        new Vkdnw(VkdnwForm.Single),
        new Vkdnw(VkdnwForm.Entropy),
        new ParameterCount(),
        new MacCount());

    public static IReadOnlyDictionary<string, ISearchStrategy> Strategies { get; } = ById<ISearchStrategy>(
        strategy => strategy.Id, new RandomSearch(), new GeneticSearch(), new SimulatedAnnealing(), new AgingEvolution(), new SearchEconomics(), new LocalSearch(), new BayesianSearch(), new ParetoSearch(), new ExhaustiveSearch());

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
        IZeroCostProxy? proxy = wanted switch
        {
            { Id: "ntk" } when Whole(wanted, "images") is >= 2 and var images => new NtkConditionNumber(new NtkOptions { Images = images }),
            { Id: "zico" } when Whole(wanted, "mini-batches") is >= 2 and var parts => new Zico(new ZicoOptions { MiniBatches = parts }),
            { Id: "vkdnw" or "vkdnw-entropy" } when Whole(wanted, "weights-per-layer") is >= 1 and var weights =>
                new Vkdnw(wanted.Id == "vkdnw" ? VkdnwForm.Single : VkdnwForm.Entropy, new VkdnwOptions { WeightsPerLayer = weights }),
            { Id: "swap-reg" } when Number(wanted, "mu") is > 0 and var mu && Number(wanted, "sigma") is > 0 and var sigma =>
                new RegularizedSwap(new SwapOptions { Mu = mu, Sigma = sigma }),
            _ => null,
        };
        return proxy is not null && ProxyDescriptor.Of(proxy) == wanted ? proxy : null;
    }

    private static int? Whole(ProxyDescriptor wanted, string setting) => Number(wanted, setting) is { } number && number == (int)number ? (int)number : null;

    private static double? Number(ProxyDescriptor wanted, string setting)
    {
        string? text = wanted.Settings.Split(", ").Select(part => part.Split('=', 2)).FirstOrDefault(pair => pair[0] == setting)?[^1];
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
    }

    private static Dictionary<string, T> ById<T>(Func<T, string> id, params T[] components) => components.ToDictionary(id, StringComparer.OrdinalIgnoreCase);
}
