using RankNas.Device.Tests.Support;
using RankNas.Graphs;
using RankNas.Proxies;
using RankNas.Proxies.Tests;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.SearchSpaces;
using static TorchSharp.torch;

namespace RankNas.Device.Tests;

/// <summary>What a device computes, beside the CPU.</summary>
[Collection("One search at a time")]
[Trait("Category", "Campaign")]
public class ScoresTests
{
    private const int Compared = 2;

    // Small differences of large sums, eigenvalues near zero, and thresholds at zero.
    private static readonly Dictionary<string, double> Float32Tolerances = new()
    {
        ["grasp"] = 0.2,
        ["zico"] = 0.1,
        ["ntk"] = 0.1,
    };

    // Every space, in small.
    public static TheoryData<string> Spaces { get; } =
    [
        "nats-tss(cells=1)", "nats-sss", "nb101(channels=16,cells=1)", "macro", "darts(cells=3,channels=8)", "mobilenet(width=0.25)", "resnet(resolution=16)", "vit",
    ];

    [Fact]
    public void Spaces_AreAllOfTheCatalogue() =>
        Spaces.Select(row => row.Data.Split('(')[0]).Should().BeEquivalentTo(SpaceCatalog.Entries.Select(entry => entry.Name));

    [Theory]
    [MemberData(nameof(Spaces))]
    public Task Float32_OfEveryProxy_IsNearFloat64OnTheCpu(string space) =>
        CompareAsync(space, Precision.Float32, proxy => Float32Tolerances.GetValueOrDefault(proxy, 1e-2));

    [Theory]
    [MemberData(nameof(Spaces))]
    public Task Float64_OfEveryProxy_IsThatOfTheCpu(string space)
    {
        Assert.SkipWhen(DeviceUnderTest.Device.IsCpu, "The CPU's float64 is what others are compared with.");
        return CompareAsync(space, Precision.Float64, proxy => proxy is "ntk" ? 1e-4 : proxy is "grasp" ? 1e-5 : 1e-6);
    }

    [Fact]
    public async Task FourWorkers_ScoreAsOne()
    {
        var space = new NatsTopologySpace();
        Architecture[] architectures = Draw(space, 24);
        async Task<double[]> Score(int workers) => ValuesOf(await ScoreAsync(
            NasBuilder.Create().UseSpace(space).WithBatchSize(16).UsePaper().AddNear().OnDeviceUnderTest().WithWorkers(workers), architectures));

        double[] four = await Score(4), one = await Score(1);

        four.Should().OnlyContain(score => double.IsFinite(score));
        four.Zip(one).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= 1e-5 * Math.Abs(pair.Second));
    }

    [Fact]
    public async Task TensorFloat32_WhereAllowed_IsNearFloat32UnderAnotherName_AndIsAsBeforeAfterwards()
    {
        var space = new NatsSizeSpace();
        Architecture[] architectures = Draw(space, 8);
        (bool, bool) State() => (backends.cudnn.allow_tf32, backends.cuda.matmul.allow_tf32);
        (bool, bool) before = State();
        NasBuilder Builder(bool allows) => NasBuilder.Create().UseSpace(space).WithBatchSize(32).UsePaper().OnDeviceUnderTest().AllowTensorFloat32(allows);
        async Task<string> NumericsOf(bool allows) => (await Builder(allows).UseRandomSearch().WithBudget(1).Build().RunAsync(TestContext.Current.CancellationToken))
            .Settings.Single(setting => setting.Name == "numerics").Value;

        double[] exact = ValuesOf(await ScoreAsync(Builder(false), architectures)), fast = ValuesOf(await ScoreAsync(Builder(true), architectures));

        fast.Zip(exact).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= 0.02 * Math.Abs(pair.Second));
        State().Should().Be(before);
        if (DeviceUnderTest.Device.IsCpu)
        {
            fast.Should().Equal(exact);
        }
        else
        {
            fast.Should().NotEqual(exact);
            (await NumericsOf(true)).Should().NotBe(await NumericsOf(false));
        }
    }

    [Fact]
    public async Task BFloat16_IsNearFloat32()
    {
        var space = new NatsTopologySpace();
        Architecture[] architectures = Draw(space, 12);
        async Task<double[]> Score(Precision precision) => ValuesOf(await ScoreAsync(
            NasBuilder.Create().UseSpace(space).WithBatchSize(32).AddNaswot().AddNoiseImmunity().AddLogSynFlow().OnDeviceUnderTest().WithPrecision(precision), architectures));

        double[] half = await Score(Precision.BFloat16), single = await Score(Precision.Float32);

        half.Zip(single).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= 0.05 * Math.Abs(pair.Second));
    }

    [Fact]
    public async Task Search_Cancelled_EndsWithTheBestSoFar()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var progress = new SynchronousProgress<SearchProgress>(state =>
        {
            if (state.Evaluations >= 10)
            {
                source.Cancel();
            }
        });
        SearchResult result = await NasBuilder.Create().UseNatsSize().UsePaper().UseRandomSearch().WithBatchSize(8).WithBudget(20_000).OnDeviceUnderTest().UseProgress(progress)
            .Build().RunAsync(source.Token);

        result.IsCancelled.Should().BeTrue();
        result.Ranked.Length.Should().BeInRange(10, 19_999);
    }

    private static async Task CompareAsync(string name, Precision precision, Func<string, double> toleranceOf)
    {
        ISearchSpace space = SpaceCatalog.Create(name);
        // Small ones: in float64 large networks take minutes.
        Architecture[] architectures = [.. Draw(space, 40).OrderBy(architecture => space.CostOf(architecture, new NetworkShape()).Macs).Take(Compared)];
        NasBuilder Builder()
        {
            NasBuilder builder = NasBuilder.Create().UseSpace(space).WithBatchSize(8).WithWorkers(1);
            foreach (IZeroCostProxy proxy in BuiltIn.All.Concat([new Expressivity(), new Progressivity(), new Trainability()]))
            {
                builder.AddProxyWhereDefined(proxy);
            }

            return builder;
        }

        IReadOnlyList<ScoredArchitecture> exact = await ScoreAsync(Builder().WithPrecision(Precision.Float64), architectures);
        IReadOnlyList<ScoredArchitecture> found = await ScoreAsync(Builder().WithPrecision(precision).OnDeviceUnderTest(), architectures);

        string[] apart =
        [
            .. from pair in found.Zip(exact)
               from scores in pair.First.Scores.Zip(pair.Second.Scores).Zip(pair.First.Proxies)
               let id = scores.Second.Id
               let one = scores.First.First
               let other = scores.First.Second
               let difference = DifferenceOf(one, other)
               where !(difference <= toleranceOf(id))
               select $"{id} of {pair.First.Architecture}: {one.Value:R}, exact {other.Value:R}, difference {difference:E1}",
        ];
        apart.Should().BeEmpty();
    }

    private static double DifferenceOf(Score score, Score exact) =>
        score.Kind != exact.Kind ? double.PositiveInfinity
        : score.Value.Equals(exact.Value) ? 0
        : Math.Abs(score.Value - exact.Value) / Math.Max(1e-3, Math.Abs(exact.Value));

    private static Architecture[] Draw(ISearchSpace space, int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(_ => space.Sample(random))];
    }

    private static double[] ValuesOf(IReadOnlyList<ScoredArchitecture> scored) => [.. scored.SelectMany(one => one.Scores).Select(score => score.Value)];

    private static async Task<IReadOnlyList<ScoredArchitecture>> ScoreAsync(NasBuilder builder, Architecture[] architectures)
    {
        await using ArchitectureScorer scorer = builder.WithSeed(3).BuildScorer();
        return await scorer.ScoreAsync(architectures, TestContext.Current.CancellationToken);
    }
}
