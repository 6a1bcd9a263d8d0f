using System.Globalization;
using RankNas.Graphs;
using RankNas.Images;
using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.SearchSpaces;
using RankNas.Strategies;
using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Tests;

/// <summary>What the program has set, for itself or for a thread, is neither read nor changed by a search or a score.</summary>
[Collection(nameof(CallersStateTests))]
[CollectionDefinition(nameof(CallersStateTests), DisableParallelization = true)]
public sealed class CallersStateTests
{
    private const int FewThreads = 3;
    private const int Images = 4;
    private const int Size = 16;

    // Each is set on a thread of its own, and ended there.
    private static readonly Dictionary<string, Func<IDisposable>> Settings = new()
    {
        ["none"] = () => new End(() => { }),
        ["float64 by default"] = () =>
        {
            set_default_dtype(ScalarType.Float64);
            return new End(() => set_default_dtype(ScalarType.Float32));
        },
        ["no device by default"] = () =>
        {
            set_default_device(META);
            return new End(() => set_default_device(CPU));
        },
        ["no gradients"] = no_grad,
        ["inference mode"] = () => inference_mode(),
        ["dispose scope"] = NewDisposeScope,
        ["three threads"] = () =>
        {
            int before = get_num_threads();
            set_num_threads(FewThreads);
            return new End(() => set_num_threads(before));
        },
        ["one thread"] = () =>
        {
            int before = get_num_threads();
            set_num_threads(1);
            return new End(() => set_num_threads(before));
        },
        ["de-DE"] = () => In("de-DE"),
        ["tr-TR"] = () => In("tr-TR"),
        ["ar-SA"] = () => In("ar-SA"),
        ["fa-IR"] = () => In("fa-IR"),
        ["synchronization context of one thread"] = () =>
        {
            SynchronizationContext.SetSynchronizationContext(new Deaf());
            return new End(() => SynchronizationContext.SetSynchronizationContext(null));
        },
    };

    private static readonly Lazy<string> Searched = new(() => NewThread.Run(Search));
    private static readonly Lazy<nn.Module<Tensor, Tensor>> Network = new(() => NewThread.Run(BuildNetwork));
    private static readonly Lazy<string> Scored = new(() => NewThread.Run(() => ScoreAll(Network.Value)));

    public static TheoryData<string> Names => [.. Settings.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public void Search_WithinASetting_ScoresAsWithoutAndLeavesIt(string setting) => Check(setting, Searched.Value, Search);

    [Theory]
    [MemberData(nameof(Names))]
    public void Score_WithinASetting_IsAsWithoutAndLeavesIt(string setting) => Check(setting, Scored.Value, () => ScoreAll(Network.Value));

    [Fact]
    public async Task SearchesThatOverlapOrThrow_GiveNewThreadsTheNumberOfThreadsBack()
    {
        int before = NewThread.Run(get_num_threads);
        Task<SearchResult>[] searches = [.. Enumerable.Range(0, 3).Select(seed => Builder().WithSeed(seed).Build().RunAsync(Token))];
        Func<Task> failing = () => Builder().UseStrategy(new Failing()).Build().RunAsync(Token);
        await failing.Should().ThrowAsync<InvalidOperationException>();
        await Task.WhenAll(searches);

        NewThread.Run(get_num_threads).Should().Be(before);
    }

    [Fact]
    public async Task ImagesMadeInADisposeScope_OutliveIt()
    {
        ProbeImages images;
        using (NewDisposeScope())
        {
            images = ProbeImages.FromTensor(linspace(-1, 1, Images * 3 * Size * Size, dtype: ScalarType.Float32).reshape(Images, 3, Size, Size));
        }

        SearchResult result = await Builder().UseImages(images, Images).Build().RunAsync(Token);

        result.History.SelectMany(evaluated => evaluated.Scores).Should().OnlyContain(score => score.Kind == ScoreKind.Finite);
    }

    [Fact]
    public void Module_ScoredByEveryProxy_KeepsItsModesAndStatistics()
    {
        using var dropout = nn.Dropout(0.5);
        using nn.Module<Tensor, Tensor> network = nn.Sequential(
            nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU(), nn.AvgPool2d(2), dropout, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 10));
        dropout.eval();
        double[] before = StateOf(network);

        _ = ScoreAll(network);

        StateOf(network).Should().Equal(before);
        network.training.Should().BeTrue();
        dropout.training.Should().BeFalse();
        network.parameters().Should().OnlyContain(parameter => parameter.requires_grad);
    }

    private static double[] StateOf(nn.Module network) =>
        [.. network.state_dict().Values.SelectMany(tensor => tensor.detach().to(ScalarType.Float64).flatten().data<double>().ToArray())];

    private static void Check(string setting, string expected, Func<string> work)
    {
        NewThread.Run(() =>
        {
            using IDisposable set = Settings[setting]();
            TextWriter console = Console.Out;
            using var written = new StringWriter();
            Console.SetOut(written);
            try
            {
                string before = StateOfProcess();
                string actual = work();
                string after = StateOfProcess();
                actual.Should().Be(expected);
                after.Should().Be(before);
            }
            finally
            {
                Console.SetOut(console);
            }

            return written.ToString().Should().BeEmpty();
        });
    }

    // Everything that is not of a thread is of the process; of the generator, its whole state.
    private static string StateOfProcess()
    {
        using Tensor generator = get_rng_state();
        return string.Join(' ', get_default_dtype(), get_default_device(), is_grad_enabled(), is_inference_mode_enabled(), get_num_threads(), NewThread.Run(get_num_threads),
            CultureInfo.CurrentCulture, SynchronizationContext.Current, Convert.ToHexString(generator.bytes));
    }

    private static NasBuilder Builder() => NasBuilder.Create().UseNatsSize().UseImages(SmallImages(), Images).WithWorkers(2).WithBudget(2)
        .AddNoiseImmunity().AddNaswot().AddLogSynFlow().AddSnip().AddTrainability().UseRandomSearch();

    private static ProbeImages SmallImages() => ProbeImages.Synthetic(shape: new NetworkShape { Height = Size, Width = Size }, count: Images);

    private static nn.Module<Tensor, Tensor> BuildNetwork()
    {
        var space = new NatsSizeSpace();
        nn.Module<Tensor, Tensor> network = space.BuildNetwork(space.Parse("8:8:8:8:8"), new NetworkShape());
        WeightInitializer.Default.Initialize(network, seed: 1);
        return network;
    }

    private static string Search()
    {
        SearchResult result = Builder().Build().RunAsync(Token).GetAwaiter().GetResult();
        IEnumerable<Score> scores = result.History.SelectMany(evaluated => evaluated.Scores);
        scores.Should().NotContain(score => score.Kind == ScoreKind.Failed);
        return $"{Exactly(scores.Select(score => score.Value))} {result.ToCsv()}";
    }

    private static string ScoreAll(nn.Module<Tensor, Tensor> network)
    {
        ProbeImages images = SmallImages();
        using Tensor pixels = images.Take(Images);
        using Tensor labels = images.TakeLabels(Images) ?? tensor(new long[Images], device: CPU);
        using var batch = new ProbeBatch(pixels, labels);

        // Sums depend on how many threads share them, and waiting for one another takes long on a busy machine.
        int threads = get_num_threads();
        set_num_threads(1);
        using var several = new End(() => set_num_threads(threads));
        IZeroCostProxy[] proxies = [new NoiseImmunity(), new Naswot(), new LogSynFlow(), new SynFlow(), new Snip(), new Grasp(), new Fisher(), new GradientNorm()];
        return Exactly(proxies.Select(proxy => proxy.Score(network, batch)));
    }

    private static string Exactly(IEnumerable<double> values) =>
        string.Join(' ', values.Select(value => BitConverter.DoubleToInt64Bits(value).ToString("x", CultureInfo.InvariantCulture)));

    private static End In(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo? beforeElsewhere = CultureInfo.DefaultThreadCurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.GetCultureInfo(culture);
        return new End(() => (CultureInfo.CurrentCulture, CultureInfo.DefaultThreadCurrentCulture) = (before, beforeElsewhere));
    }

    private sealed class End(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    private sealed class Failing : ISearchStrategy
    {
        public string Id => "failing";

        public async Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default)
        {
            await context.EvaluateAsync([context.Space.FromIndex(1)], cancellationToken);
            throw new InvalidOperationException("That is how it ended.");
        }
    }

    // Its one thread is the one that waits, so that nothing posted to it is ever done.
    private sealed class Deaf : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}
