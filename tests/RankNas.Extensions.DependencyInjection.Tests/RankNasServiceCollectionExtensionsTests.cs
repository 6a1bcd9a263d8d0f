using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using RankNas.Core.Tests.Support;
using RankNas.Diagnostics;
using RankNas.Proxies;

namespace RankNas.Extensions.DependencyInjection.Tests;

public class RankNasServiceCollectionExtensionsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Options_Defaults_AreThoseOfTheBuilder()
    {
        var options = new RankNasOptions();
        options.Budget.Should().Be(1000);
        options.Seed.Should().Be(0);
        options.Images.Should().BeNull();
        options.BatchSize.Should().BeNull("then it is 128, or all images where there are fewer");
        options.Repeats.Should().Be(1);
        options.Workers.Should().BeNull();
        options.Precision.Should().Be(Precision.Float32);
        options.TreatEqualGraphsAsOne.Should().BeFalse();
        options.ProxyTimeLimit.Should().Be(TimeSpan.FromMinutes(10));
        options.Preset.Should().BeNull();
        options.Space.Should().BeNull();
        options.Proxies.Should().BeEmpty();
        options.Strategy.Should().BeNull();
        options.Aggregator.Should().BeNull();
        options.MaxParameters.Should().BeNull();
        options.MaxMacs.Should().BeNull();
        options.Store.Should().BeNull();
    }

    [Fact]
    public async Task AddRankNas_OptionsFromConfiguration_ReachTheSearch()
    {
        using IHost host = HostWith(new() { ["RankNas:Budget"] = "5", ["RankNas:Seed"] = "7", ["RankNas:BatchSize"] = "4", ["RankNas:Precision"] = "Float64" });
        SearchResult result = await host.Services.GetRequiredService<NasExperiment>().RunAsync(Token);

        result.Budget.Should().Be(5);
        result.Seed.Should().Be(7);
        result.Images.BatchSize.Should().Be(4);
        result.Precision.Should().Be(Precision.Float64);
    }

    [Theory]
    [InlineData("RankNas:Budget", "0", "Budget")]
    [InlineData("RankNas:BatchSize", "-3", "BatchSize")]
    [InlineData("RankNas:Workers", "0", "Workers")]
    [InlineData("RankNas:Repeats", "0", "Repeats")]
    public async Task Start_InvalidOptions_IsRefusedAndNamesThem(string key, string value, string named)
    {
        using IHost host = HostWith(new() { [key] = value });
        (await host.Awaiting(invalid => invalid.StartAsync(Token)).Should().ThrowAsync<OptionsValidationException>())
            .WithMessage($"*{named}*between 1 and*");
    }

    [Fact]
    public async Task AddRankNas_Named_GivesKeyedSearchesWithOptionsOfTheirOwn()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddRankNas("small", Configure).Configure(options => (options.Budget, options.BatchSize) = (2, 4));
        builder.Services.AddRankNas("large", Configure).Configure(options => (options.Budget, options.BatchSize) = (6, 4));
        using IHost host = builder.Build();

        (await host.Services.GetRequiredKeyedService<NasExperiment>("small").RunAsync(Token)).Evaluations.Should().Be(2);
        (await host.Services.GetRequiredKeyedService<NasExperiment>("large").RunAsync(Token)).Evaluations.Should().Be(6);
    }

    [Fact]
    public async Task RunAsync_LogsItsStartItsFailuresAndItsEnd()
    {
        var logs = new FakeLogCollector();
        using IHost host = HostWith(new() { ["RankNas:Budget"] = "3", ["RankNas:BatchSize"] = "4" }, services => services
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(logs))));
        await host.Services.GetRequiredService<NasExperiment>().RunAsync(Token);

        FakeLogRecord[] records = [.. logs.GetSnapshot().Where(record => record.Category == RankNasDiagnostics.Name)];
        records[0].Id.Id.Should().Be(1);
        records[^1].Id.Id.Should().Be(2);
        records.Where(record => record.Id.Id == 3).Should().HaveCount(3);
        records.Where(record => record.Id.Id == 4).Should().HaveCount(3)
            .And.OnlyContain(record => record.Level == LogLevel.Warning && record.Message.Contains("Never today.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_ShowsItselfToMetersAndTraces()
    {
        List<Activity> activities = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == RankNasDiagnostics.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (activities)
                {
                    activities.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var evaluations = new MetricCollector<long>(null, RankNasDiagnostics.Name, RankNasDiagnostics.EvaluationsCounter);
        using var durations = new MetricCollector<double>(null, RankNasDiagnostics.Name, RankNasDiagnostics.EvaluationDuration);
        using var failures = new MetricCollector<long>(null, RankNasDiagnostics.Name, RankNasDiagnostics.FailuresCounter);

        // Other tests run meanwhile: a seed that only this one has tells its search, and what is counted is at least its own.
        using IHost host = HostWith(new() { ["RankNas:Budget"] = "3", ["RankNas:BatchSize"] = "4", ["RankNas:Seed"] = "4711" });
        await host.Services.GetRequiredService<NasExperiment>().RunAsync(Token);

        evaluations.GetMeasurementSnapshot().EvaluateAsCounter().Should().BeGreaterThanOrEqualTo(3);
        durations.GetMeasurementSnapshot().Should().HaveCountGreaterThanOrEqualTo(3).And.OnlyContain(measured => measured.Value > 0);
        failures.GetMeasurementSnapshot().EvaluateAsCounter().Should().BeGreaterThanOrEqualTo(3);
        Activity search = activities.Should().ContainSingle(activity =>
            activity.OperationName == RankNasDiagnostics.SearchActivity && 4711L.Equals(activity.GetTagItem("ranknas.seed"))).Subject;
        search.GetTagItem("ranknas.evaluations").Should().Be(3);
        activities.Should().Contain(activity => activity.OperationName == RankNasDiagnostics.EvaluateActivity && activity.TraceId == search.TraceId);
    }

    [Fact]
    public async Task AddRankNas_AWholeSearchFromConfiguration_NeedsNoCode()
    {
        using var folder = new TempFolder();
        string store = Path.Combine(folder.Path, "scores.db");
        using IHost host = HostOf(new()
        {
            ["RankNas:Space"] = "nats-sss",
            ["RankNas:Proxies:0"] = "params",
            ["RankNas:Proxies:1"] = "macs",
            ["RankNas:Strategy"] = "Random",
            ["RankNas:Aggregator"] = "log-rank-sum",
            ["RankNas:MaxParameters"] = "100000",
            ["RankNas:MaxMacs"] = "20000000",
            ["RankNas:Store"] = store,
            ["RankNas:Budget"] = "3",
            ["RankNas:BatchSize"] = "2",
            ["RankNas:Workers"] = "1",
            ["RankNas:ProxyTimeLimit"] = "00:05:00",
        });
        SearchResult result = await host.Services.GetRequiredService<NasExperiment>().RunAsync(Token);

        result.Space.Should().Be("nats-sss");
        result.Proxies.Select(proxy => proxy.Id).Should().Equal("params", "macs");
        result.Strategy.Should().Be("random");
        result.Aggregator.Should().Be("log-rank-sum");
        result.Constraints.Should().Equal("at most 100,000 parameters", "at most 20,000,000 multiply-accumulates");
        result.Evaluations.Should().Be(3);
        File.Exists(store).Should().BeTrue();
    }

    [Theory]
    [InlineData("paper", "noise-immunity,naswot,logsynflow", "annealing", "rank-sum")]
    [InlineData("recommended", "naswot,logsynflow,skip-depth", "bayesian", "rank-sum")]
    [InlineData("az-nas", "expressivity,progressivity,trainability,macs", "ageing", "log-rank-sum")]
    public async Task AddRankNas_APreset_IsThatOfTheBuilder(string preset, string proxies, string strategy, string aggregator)
    {
        using IHost host = HostOf(new() { ["RankNas:Preset"] = preset, ["RankNas:Space"] = "nats-tss", ["RankNas:Budget"] = "1", ["RankNas:BatchSize"] = "2" });
        SearchResult result = await host.Services.GetRequiredService<NasExperiment>().RunAsync(new CancellationToken(canceled: true));

        result.Proxies.Select(proxy => proxy.Id).Should().HaveCount(proxies.Split(',').Length);
        string.Join(',', result.Proxies.Select(proxy => proxy.Id)).Should().StartWith(proxies.Split(',')[0]);
        result.Strategy.Should().Be(strategy);
        result.Aggregator.Should().Be(aggregator);
    }

    [Theory]
    [InlineData("Buget", "5", "RankNas:Buget is not a setting: did you mean Budget?")]
    [InlineData("Colour", "red", "RankNas:Colour is not a setting: the settings are AcceptOtherNumerics, Aggregator, BatchSize, *")]
    [InlineData("Space", "nats-ts", "RankNas:Space is 'nats-ts': did you mean nats-tss? It is one of nats-tss, nats-sss, nb101, macro, darts, mobilenet, resnet, vit.")]
    [InlineData("Strategy", "brute", "RankNas:Strategy is 'brute': it is one of random, genetic, annealing, ageing, economics, local, bayesian, pareto, exhaustive.")]
    [InlineData("Proxies:0", "naswott", "RankNas:Proxies is 'naswott': did you mean naswot?*")]
    [InlineData("Workers", "2147483647", "RankNas:Workers is 2147483647: it must be between 1 and 1,024.")]
    [InlineData("MaxMacs", "0", "RankNas:MaxMacs is 0: it must be between 1 and *")]
    [InlineData("ProxyTimeLimit", "00:00:00", "RankNas:ProxyTimeLimit is 00:00:00: it must be greater than 0.")]
    [InlineData("Images", "/no/such/file.bin", "RankNas:Images is '/no/such/file.bin': there is no such file or folder.")]
    [InlineData("Store", "/no/such/folder/scores.db", "RankNas:Store is '/no/such/folder/scores.db': it must be a file in a folder that exists.")]
    [InlineData("Store", "", "RankNas:Store is '': it must be a file in a folder that exists.")]
    public async Task Start_WhatConfigurationHasWrong_IsToldByItsKey(string setting, string value, string message)
    {
        using IHost host = HostWith(new() { [$"RankNas:{setting}"] = value });
        (await host.Awaiting(invalid => invalid.StartAsync(Token)).Should().ThrowAsync<OptionsValidationException>()).WithMessage(message);
    }

    [Fact]
    public async Task Start_APresetAndProxies_AreRefusedTogether()
    {
        using IHost host = HostOf(new() { ["RankNas:Preset"] = "paper", ["RankNas:Proxies:0"] = "naswot" });
        (await host.Awaiting(invalid => invalid.StartAsync(Token)).Should().ThrowAsync<OptionsValidationException>())
            .WithMessage("RankNas:Proxies is set beside RankNas:Preset, which has proxies of its own: leave out one of them.");
    }

    [Theory]
    [InlineData("Space", "The search has no space: set RankNas:Space to one of nats-tss, nats-sss, nb101, macro, darts, mobilenet, resnet, vit, or one of your own in AddRankNas.")]
    [InlineData("Proxies:0", "The search has no proxy: set RankNas:Proxies:0 to one of *")]
    [InlineData("Strategy", "The search has no strategy: set RankNas:Strategy to one of *")]
    public void AddRankNas_APartThatIsMissing_IsToldByItsKey(string missing, string message)
    {
        Dictionary<string, string?> settings = new() { ["RankNas:Space"] = "nats-tss", ["RankNas:Proxies:0"] = "naswot", ["RankNas:Strategy"] = "random" };
        settings.Remove($"RankNas:{missing}");
        using IHost host = HostOf(settings);
        host.Services.Invoking(services => services.GetRequiredService<NasExperiment>()).Should().Throw<InvalidOperationException>().WithMessage(message);
    }

    [Theory]
    [InlineData("Budget", "many", "RankNas:Budget is 'many': it is a whole number.")]
    [InlineData("Budget", "1e3", "RankNas:Budget is '1e3': it is a whole number.")]
    [InlineData("Seed", "99999999999999999999", "RankNas:Seed is '99999999999999999999': it is a whole number.")]
    [InlineData("BatchSize", "3.5", "RankNas:BatchSize is '3.5': it is a whole number.")]
    [InlineData("TreatEqualGraphsAsOne", "yes", "RankNas:TreatEqualGraphsAsOne is 'yes': it is true or false.")]
    [InlineData("Precision", "float16", "RankNas:Precision is 'float16': it is one of Float32, Float64, BFloat16.")]
    [InlineData("ProxyTimeLimit", "5", "RankNas:ProxyTimeLimit is '5': it is a time such as 00:10:00, which is ten minutes.")]
    [InlineData("ProxyTimeLimit", "5 minutes", "RankNas:ProxyTimeLimit is '5 minutes': it is a time such as 00:10:00, which is ten minutes.")]
    [InlineData("Space:Name", "nats-sss", "RankNas:Space has parts of its own: it is one word or path.")]
    [InlineData("Budget:0", "3", "RankNas:Budget has parts of its own: it is a whole number.")]
    [InlineData("Proxies", "naswot", "RankNas:Proxies is 'naswot': it is a list, such as [\"naswot\"].")]
    public async Task Start_AValueOfAnotherForm_IsRefusedByItsKey(string setting, string value, string message)
    {
        using IHost host = HostOf(new() { [$"RankNas:{setting}"] = value });
        (await host.Awaiting(invalid => invalid.StartAsync(Token)).Should().ThrowAsync<OptionsValidationException>()).WithMessage(message);
    }

    [Fact]
    public void AddRankNas_EveryDefaultProxy_HasAName() =>
        new RankNasOptionsValidator([]).Validate(null, OptionsWith(new NoiseImmunity(), new Naswot(), new LogSynFlow(), new SkipDepth(), new MacCount())).Failed.Should().BeFalse();

    private static RankNasOptions OptionsWith(params IZeroCostProxy[] proxies)
    {
        var options = new RankNasOptions();
        Array.ForEach(proxies, proxy => options.Proxies.Add(proxy.Id));
        return options;
    }

    [Fact]
    public async Task Bind_ASectionAtHand_IsCheckedLikewise()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Nas:Own:Sead"] = "3" });
        builder.Services.AddRankNas(Configure).Bind(builder.Configuration.GetSection("Nas:Own"));
        using IHost host = builder.Build();
        (await host.Awaiting(invalid => invalid.StartAsync(Token)).Should().ThrowAsync<OptionsValidationException>())
            .WithMessage("Nas:Own:Sead is not a setting: did you mean Seed?");
    }

    [Fact]
    public async Task RunAsync_ShowsItsProgressAndItsBest()
    {
        using var progress = new MetricCollector<double>(null, RankNasDiagnostics.Name, RankNasDiagnostics.ProgressGauge);
        using var best = new MetricCollector<double>(null, RankNasDiagnostics.Name, RankNasDiagnostics.BestGauge);
        using IHost host = HostWith(new() { ["RankNas:Budget"] = "4", ["RankNas:BatchSize"] = "4" }, _ => { }, "gauged");
        SearchResult result = await host.Services.GetRequiredService<NasExperiment>().RunAsync(Token);

        // Other tests run meanwhile: the strategy's name tells this search's measurements.
        progress.GetMeasurementSnapshot().Where(measured => Equals(measured.Tags["ranknas.strategy"], "gauged"))
            .Select(measured => measured.Value).Should().Equal(0.25, 0.5, 0.75, 1);
        best.GetMeasurementSnapshot().Last(measured => Equals(measured.Tags["ranknas.strategy"], "gauged")).Value
            .Should().Be(result.History.Max(evaluated => evaluated.Scores[0].Value));
    }

    private static void Configure(IServiceProvider provider, NasBuilder builder) => builder
        .UseSpace(new TinySpace())
        .UseStrategy(new TakeFirst())
        .AddProxy(FunctionProxy.Parameters())
        .AddProxy(new FunctionProxy("never", (_, _) => throw new InvalidOperationException("Never today.")));

    private static IHost HostOf(Dictionary<string, string?> settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddRankNas().BindConfiguration("RankNas");
        return builder.Build();
    }

    private static IHost HostWith(Dictionary<string, string?> settings, Action<IServiceCollection>? configureServices = null, string strategy = "take-first")
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddRankNas((provider, nas) =>
        {
            Configure(provider, nas);
            nas.UseStrategy(new FunctionStrategy((context, token) => new TakeFirst().SearchAsync(context, token), strategy));
        }).BindConfiguration("RankNas");
        configureServices?.Invoke(builder.Services);
        return builder.Build();
    }
}
