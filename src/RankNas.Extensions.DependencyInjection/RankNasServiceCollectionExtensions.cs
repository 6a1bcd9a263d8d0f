using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace RankNas;

/// <summary>Registers searches as services.</summary>
public static class RankNasServiceCollectionExtensions
{
    /// <summary>Registers a <see cref="NasExperiment"/>, made when it is first asked for.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets what configuration cannot: space, proxies, strategy, store. It has the last word.</param>
    /// <returns>The options, to bind to configuration: <c>.BindConfiguration("RankNas")</c>. They are checked at the host's start.</returns>
    public static OptionsBuilder<RankNasOptions> AddRankNas(this IServiceCollection services, Action<IServiceProvider, NasBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddSingleton(provider => Create(provider, Options.DefaultName, configure));
        return AddOptions(services, Options.DefaultName);
    }

    /// <summary>Registers a <see cref="NasExperiment"/> under a name: a keyed service, with options of the same name.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name.</param>
    /// <param name="configure">Sets what configuration cannot: space, proxies, strategy, store. It has the last word.</param>
    /// <returns>The options, to bind to configuration. They are checked at the host's start.</returns>
    public static OptionsBuilder<RankNasOptions> AddRankNas(
        this IServiceCollection services, string name, Action<IServiceProvider, NasBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddKeyedSingleton(name, (provider, _) => Create(provider, name, configure));
        return AddOptions(services, name);
    }

    private static OptionsBuilder<RankNasOptions> AddOptions(IServiceCollection services, string name)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RankNasOptions>, RankNasOptionsValidator>());
        return services.AddOptions<RankNasOptions>(name).ValidateOnStart();
    }

    private static NasExperiment Create(IServiceProvider provider, string name, Action<IServiceProvider, NasBuilder> configure)
    {
        RankNasOptions options = provider.GetRequiredService<IOptionsMonitor<RankNasOptions>>().Get(name);
        NasBuilder builder = NasBuilder.Create()
            .WithBudget(options.Budget)
            .WithSeed(options.Seed)
            .WithBatchSize(options.BatchSize)
            .WithRepeats(options.Repeats)
            .WithPrecision(options.Precision)
            .TreatEqualGraphsAsOne(options.TreatEqualGraphsAsOne);
        if (options.Workers is { } workers)
        {
            builder.WithWorkers(workers);
        }

        if (options.Images is { } images)
        {
            builder.UseImages(ProbeImages.FromFile(images), options.BatchSize);
        }

        if (provider.GetService<ILoggerFactory>() is { } loggerFactory)
        {
            builder.LogTo(loggerFactory);
        }

        configure(provider, builder);
        return builder.Build();
    }
}
