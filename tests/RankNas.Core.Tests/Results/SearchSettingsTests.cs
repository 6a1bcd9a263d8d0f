using RankNas.Core.Tests.Support;
using RankNas.Images;
using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.Scoring;
using RankNas.Strategies;
using RankNas.Torch;

namespace RankNas.Core.Tests.Results;

public class SearchSettingsTests
{
    [Fact]
    public async Task Settings_HaveEverythingThatTheResultDependsOn()
    {
        SearchResult result = await NasBuilder.Create().UseSpace(new HostileSpace()).UseStrategy(new TakeFirst()).AddProxy(new ScriptedProxy("a")).AddProxy(new ScriptedProxy("b"))
            .UseEvaluator(() => new ScriptedEvaluator((_, _) => Score.Of(1))).UseAggregator(new LogRankSum()).AddConstraint(_ => true, "anything").AddConstraint(_ => true, "at all")
            .WithBudget(2).WithBatchSize(3).WithSeed(-5).WithStrategySeed(long.MaxValue).WithRepeats(4).TreatEqualGraphsAsOne()
            .UseNoise(NoiseGenerator.SplitMix).UseInitializer(WeightInitializer.SplitMix).WithPrecision(Precision.BFloat16)
            .Build().RunAsync(TestContext.Current.CancellationToken);

        (string, string)[] settings = [.. result.Settings.Select(setting => (setting.Name, setting.Value))];
        settings.Should().StartWith(
        [
            ("space", new HostileSpace().Id), ("constraint", "anything"), ("constraint", "at all"), ("proxy", "a"), ("proxy", "b"), ("aggregator", "log-rank-sum"),
            ("strategy", "take-first"), ("budget", "2"), ("seed", "-5"), ("strategy-seed", "9223372036854775807"), ("repeats", "4"), ("equal-graphs-as-one", "yes"),
            ("images", result.Images.Description), ("batch", "3"), ("images-fingerprint", result.Images.Fingerprint), ("image-shape", "3x32x32, 10 classes"),
            ("noise", "splitmix"), ("initializer", "splitmix"), ("precision", "bfloat16"), ("device", "cpu"), ("numerics", Numerics.Of(ComputeDevice.Cpu, usesKernels: true, allowsTensorFloat32: false)),
        ]);
        settings[^1].Item1.Should().Be("ranknas-version");
        settings[^1].Item2.Should().MatchRegex(@"^\d+\.\d+");
    }

    [Fact]
    public async Task Settings_OfPartsWithSettings_HaveThem()
    {
        SearchResult result = await NasBuilder.Create().UseSpace(new HostileSpace()).UseStrategy(new Patient()).AddProxy(new ScriptedProxy("a")).WithBudget(1).WithBatchSize(1)
            .UseEvaluator(() => new ScriptedEvaluator((_, _) => Score.Of(1))).Build().RunAsync(TestContext.Current.CancellationToken);
        result.StrategySettings.Should().Be("patience=3");
        result.Settings.Should().Contain(new SearchSetting("strategy", "patient (patience=3)"));
    }

    [Fact]
    public void Normalization_OfCifar_IsThatOfPixelsFromZeroToOne_AndOfOthersUnknown()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("cifar10.bin"), new byte[3073]);
        ProbeImages.FromCifar10(folder.File("cifar10.bin")).Normalization.Should().Be(new ImageNormalization([125.3 / 255, 123.0 / 255, 113.9 / 255], [63.0 / 255, 62.1 / 255, 66.7 / 255]));
        ProbeImages.Synthetic().Normalization.Should().BeNull();
    }

    [Theory]
    [InlineData(new double[0], new double[0])]
    [InlineData(new[] { 0.5 }, new[] { 0.5, 0.5 })]
    [InlineData(new[] { 0.5 }, new[] { 0.0 })]
    [InlineData(new[] { double.NaN }, new[] { 1.0 })]
    public void ImageNormalization_OfNoSuchNumbers_IsRefused(double[] mean, double[] deviation) =>
        FluentActions.Invoking(() => new ImageNormalization(mean, deviation)).Should().Throw<ArgumentException>();

    private sealed class Patient : ISearchStrategy
    {
        public string Id => "patient";

        public string Settings => "patience=3";

        public Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default) =>
            new TakeFirst().SearchAsync(context, cancellationToken);
    }
}
