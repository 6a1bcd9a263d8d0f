using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using RankNas.Extensions.DependencyInjection;
using RankNas.Images;
using RankNas.SearchSpaces;

namespace RankNas;

/// <summary>Registers searches as services.</summary>
public static class RankNasServiceCollectionExtensions
{
    /// <summary>Registers a <see cref="NasExperiment"/>, created on first use.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets what configuration cannot, such as your own components, and overrides it. Null if configuration defines the whole search.</param>
    /// <returns>The options, to bind to configuration: <c>.BindConfiguration("RankNas")</c>. They are checked at the host's start.</returns>
    public static OptionsBuilder<RankNasOptions> AddRankNas(this IServiceCollection services, Action<IServiceProvider, NasBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton(provider => Create(provider, Options.DefaultName, configure));
        return AddOptions(services, Options.DefaultName);
    }

    /// <summary>Registers a <see cref="NasExperiment"/> under a name: a keyed service, with options of the same name.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name.</param>
    /// <param name="configure">Sets what configuration cannot, such as your own components, and overrides it. Null if configuration defines the whole search.</param>
    /// <returns>The options, to bind to configuration. They are checked at the host's start.</returns>
    public static OptionsBuilder<RankNasOptions> AddRankNas(
        this IServiceCollection services, string name, Action<IServiceProvider, NasBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        services.AddKeyedSingleton(name, (provider, _) => Create(provider, name, configure));
        return AddOptions(services, name);
    }

    private static OptionsBuilder<RankNasOptions> AddOptions(IServiceCollection services, string name)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RankNasOptions>, RankNasOptionsValidator>());
        return services.AddOptions<RankNasOptions>(name).ValidateOnStart();
    }

    private static NasExperiment Create(IServiceProvider provider, string name, Action<IServiceProvider, NasBuilder>? configure)
    {
        RankNasOptions options = provider.GetRequiredService<IOptionsMonitor<RankNasOptions>>().Get(name);
        BoundSection? section = provider.GetServices<BoundSection>().LastOrDefault(bound => bound.Name == name);
        NasBuilder builder = NasBuilder.Create();
        Apply(options, builder, setting => BoundSection.KeyOf(section, setting));
        if (provider.GetService<ILoggerFactory>() is { } loggerFactory)
        {
            builder.UseLoggerFactory(loggerFactory);
        }

        configure?.Invoke(provider, builder);
        RequireParts(builder, setting => BoundSection.KeyOf(section, setting));
        return builder.Build();
    }

    private static void Apply(RankNasOptions options, NasBuilder builder, Func<string, string> key)
    {
        builder
            .WithBudget(options.Budget)
            .WithSeed(options.Seed)
            .WithRepeats(options.Repeats)
            .WithPrecision(options.Precision)
            .WithProxyTimeLimit(options.ProxyTimeLimit)
            .AcceptOtherNumerics(options.AcceptOtherNumerics)
            .RetryFailedScores(options.RetryFailedScores)
            .TreatEqualGraphsAsOne(options.TreatEqualGraphsAsOne);
        if (options.Space is { } space)
        {
            builder.UseSpace(SpaceCatalog.Create(space));
        }

        Use(BuiltIns.Presets, options.Preset, preset => preset(builder));
        Use(BuiltIns.Strategies, options.Strategy, builder.UseStrategy);
        Use(BuiltIns.Aggregators, options.Aggregator, builder.UseAggregator);
        foreach (string proxy in options.Proxies)
        {
            builder.AddProxy(BuiltIns.Proxies[proxy]);
        }

        if (options.MaxParameters is { } parameters)
        {
            builder.AddMaxParameters(parameters);
        }

        if (options.MaxMacs is { } macs)
        {
            builder.AddMaxMacs(macs);
        }

        if (options.Store is { } store)
        {
            builder.UseScoreStore(store);
        }

        if (options.Workers is { } workers)
        {
            builder.WithWorkers(workers);
        }

        if (options.BatchSize is { } batchSize)
        {
            builder.WithBatchSize(batchSize);
        }

        if (options.Images is { } path)
        {
            var images = ProbeImages.FromFile(path);
            if (images.Count < options.BatchSize)
            {
                throw new InvalidOperationException(
                    $"{key(nameof(options.BatchSize))} is {options.BatchSize}, but {key(nameof(options.Images))}, '{path}', has {images.Count} images.");
            }

            builder.UseImages(images);
        }

        static void Use<T>(IReadOnlyDictionary<string, T> builtIns, string? name, Func<T, NasBuilder> use)
        {
            if (name is not null)
            {
                use(builtIns[name]);
            }
        }
    }

    private static void RequireParts(NasBuilder builder, Func<string, string> key)
    {
        if (!builder.HasSpace)
        {
            throw Missing("space", key(nameof(RankNasOptions.Space)), SpaceCatalog.Entries.Select(entry => entry.Name));
        }

        if (!builder.HasProxies)
        {
            throw Missing("proxy", $"{key(nameof(RankNasOptions.Proxies))}:0", BuiltIns.Proxies.Keys);
        }

        if (!builder.HasStrategy)
        {
            throw Missing("strategy", key(nameof(RankNasOptions.Strategy)), BuiltIns.Strategies.Keys);
        }
    }

    private static InvalidOperationException Missing(string part, string key, IEnumerable<string> names) =>
        new($"The search has no {part}: set {key} to one of {string.Join(", ", names)}, or one of your own in AddRankNas.");
}
