using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace RankNas.Tests;

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
        options.BatchSize.Should().Be(128);
        options.Repeats.Should().Be(1);
        options.Workers.Should().BeNull();
        options.Precision.Should().Be(Precision.Float32);
        options.TreatEqualGraphsAsOne.Should().BeFalse();
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

    private static void Configure(IServiceProvider provider, NasBuilder builder) => builder
        .UseSpace(new TinySpace())
        .UseStrategy(new TakeFirst())
        .AddProxy(FunctionProxy.Parameters())
        .AddProxy(new FunctionProxy("never", (_, _) => throw new InvalidOperationException("Never today.")));

    private static IHost HostWith(Dictionary<string, string?> settings, Action<IServiceCollection>? configureServices = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddRankNas(Configure).BindConfiguration("RankNas");
        configureServices?.Invoke(builder.Services);
        return builder.Build();
    }
}
