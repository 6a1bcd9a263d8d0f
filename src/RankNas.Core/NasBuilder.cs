using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RankNas.Constraints;
using RankNas.Diagnostics;
using RankNas.Images;
using RankNas.Pareto;
using RankNas.Scoring;
using RankNas.Search;
using RankNas.Strategies;
using RankNas.Torch;

namespace RankNas;

/// <summary>Configures a search: space, images, proxies, strategy. Building checks everything and freezes the builder.</summary>
/// <remarks><c>Use…</c> replaces a component, <c>Add…</c> adds one, <c>With…</c> sets a value. Other methods turn a feature on or off.</remarks>
/// <example>
/// <code>
/// SearchResult result = await NasBuilder.Create()
///     .UseNatsTopology()
///     .AddNoiseImmunity().AddNaswot().AddLogSynFlow()
///     .UseRandomSearch()
///     .WithBudget(100)
///     .Build()
///     .RunAsync();
/// </code>
/// </example>
public sealed class NasBuilder : INasBuilder
{
    /// <summary>The largest number of workers: see <see cref="WithWorkers"/>.</summary>
    public const int MostWorkers = 1_024;

    // One begins kernels more slowly than a GPU ends them; more than four wait for each other.
    private const int WorkersOfAGpu = 4;

    /// <summary>The largest number of repeats: see <see cref="WithRepeats"/>.</summary>
    public const int MostRepeats = 10_000;

    private const int DefaultBatchSize = 128;

    private readonly List<IZeroCostProxy> _proxies = [];
    private readonly HashSet<IZeroCostProxy> _whereDefined = new(ReferenceEqualityComparer.Instance);
    private readonly List<IArchitectureConstraint> _constraints = [];
    private readonly List<IArchitectureObjective> _objectives = [];
    private ISearchSpace? _space;
    private ISearchStrategy? _strategy;
    private IRankAggregator _aggregator = new RankSum();
    private ProbeImages? _images;
    private int? _batchSize;
    private NoiseGenerator _noise = NoiseGenerator.Gaussian;
    private WeightInitializer _initializer = WeightInitializer.Default;
    private Precision _precision = Precision.Float32;
    private ImmutableArray<ComputeDevice> _devices = [ComputeDevice.Cpu];
    private bool _usesKernels = true;
    private bool _allowsTensorFloat32;
    private int _budget = 1000;
    private long _seed;
    private long? _strategySeed;
    private int _repeats = 1;
    private int? _workers;
    private TimeSpan _timeLimit = TimeSpan.FromMinutes(10);
    private TimeSpan? _searchTime;
    private bool _treatEqualGraphsAsOne;
    private bool _acceptOtherNumerics;
    private bool _retryFailedScores;
    private Func<CancellationToken, ValueTask<IScoreStore>>? _openStore;
    private Func<EvaluatorSettings, CancellationToken, ValueTask<IArchitectureEvaluator>>? _createEvaluator;
    private string? _numerics;
    private IProgress<SearchProgress>? _progress;
    private ILogger _logger = NullLogger.Instance;
    private bool _frozen;

    private NasBuilder()
    {
    }

    /// <summary>Gets whether a space has been set.</summary>
    public bool HasSpace => _space is not null;

    /// <summary>Gets whether a proxy has been added.</summary>
    public bool HasProxies => _proxies.Count > 0;

    /// <summary>Gets whether a strategy has been set.</summary>
    public bool HasStrategy => _strategy is not null;

    /// <summary>Starts a new search.</summary>
    public static NasBuilder Create() => new();

    /// <summary>Sets the space to search.</summary>
    /// <param name="space">A space, built-in or your own.</param>
    public NasBuilder UseSpace(ISearchSpace space) => With(() => _space = NotNull(space));

    /// <summary>Sets the images for the proxies and, optionally, the batch size.</summary>
    /// <param name="images">The images. By default, a seeded synthetic batch is used.</param>
    /// <param name="batchSize">As <see cref="WithBatchSize"/>; null does not change it.</param>
    public NasBuilder UseImages(ProbeImages images, int? batchSize = null) => With(() =>
    {
        NotNull(images);
        _batchSize = batchSize is { } size ? AtLeastOne(size, nameof(batchSize)) : _batchSize;
        _images = images;
    });

    /// <summary>Sets the number of images for the proxies; see <see cref="ProbeImages.Take"/> for which images these are.</summary>
    /// <param name="batchSize">At least 1.</param>
    /// <value>The default is 128, or all images if there are fewer.</value>
    public NasBuilder WithBatchSize(int batchSize) => With(() => _batchSize = AtLeastOne(batchSize, nameof(batchSize)));

    /// <summary>Adds a proxy.</summary>
    /// <param name="proxy">A proxy, built-in or your own.</param>
    public NasBuilder AddProxy(IZeroCostProxy proxy) => With(() => _proxies.Add(NotNull(proxy)));

    /// <summary>Adds a proxy if the space's networks have what it is defined for, <see cref="IZeroCostProxy.Needs"/>, and leaves it out otherwise, where <see cref="AddProxy"/> has the search refused.</summary>
    /// <remarks>What they have is read off a few networks of the space, drawn at random.</remarks>
    /// <param name="proxy">A proxy, built-in or your own.</param>
    public NasBuilder AddProxyWhereDefined(IZeroCostProxy proxy) => With(() =>
    {
        _proxies.Add(NotNull(proxy));
        _whereDefined.Add(proxy);
    });

    /// <summary>Adds a constraint: the search scores only architectures that all constraints admit. They are checked in the order in which they were added.</summary>
    /// <remarks>Constraints do not change scores, so searches with different constraints share their stored scores.</remarks>
    /// <param name="constraint">A constraint, built-in or your own.</param>
    public NasBuilder AddConstraint(IArchitectureConstraint constraint) => With(() => _constraints.Add(NotNull(constraint)));

    /// <summary>Adds an objective beside the rank, which is always the first: see <see cref="SearchResult.ParetoFront"/>.</summary>
    /// <remarks>Objectives do not change scores, and only a strategy for several objectives is led by them: <c>UseParetoSearch()</c>.</remarks>
    /// <param name="objective">An objective, built-in (<see cref="Objectives"/>) or your own.</param>
    public NasBuilder AddObjective(IArchitectureObjective objective) => With(() => _objectives.Add(NotNull(objective)));

    /// <summary>Sets the strategy.</summary>
    /// <param name="strategy">A strategy, built-in or your own.</param>
    public NasBuilder UseStrategy(ISearchStrategy strategy) => With(() => _strategy = NotNull(strategy));

    /// <summary>Sets how the scores of several proxies are combined.</summary>
    /// <param name="aggregator">An aggregator.</param>
    /// <value>The default is <see cref="RankSum"/>.</value>
    public NasBuilder UseAggregator(IRankAggregator aggregator) => With(() => _aggregator = NotNull(aggregator));

    /// <summary>Sets how many distinct architectures may be scored.</summary>
    /// <param name="architectures">At least 1.</param>
    /// <value>The default is 1,000.</value>
    public NasBuilder WithBudget(int architectures) => With(() => _budget = AtLeastOne(architectures, nameof(architectures)));

    /// <summary>Sets how long the search may take. It then ends with the best so far, within the time of one architecture; <see cref="SearchResult.End"/> is <see cref="SearchEnd.TimeUsed"/>.</summary>
    /// <remarks>
    /// The budget of <see cref="WithBudget"/> holds too: what is used up first ends the search. How many architectures are scored in a time differs from run to run, and so
    /// may the result. With a store, the same search goes on where it stopped.
    /// </remarks>
    /// <param name="limit">From one second to 24 days; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <value>The default is none.</value>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of range.</exception>
    public NasBuilder WithTimeLimit(TimeSpan limit) => With(() => _searchTime = limit == Timeout.InfiniteTimeSpan
        ? null
        : limit >= TimeSpan.FromSeconds(1) && limit <= TimeSpan.FromDays(24)
            ? limit
            : throw new ArgumentOutOfRangeException(nameof(limit), limit, $"The time limit is {limit}: it must be from one second to 24 days."));

    /// <summary>Sets the seed of all weights, the noise and the strategy.</summary>
    /// <param name="seed">Any number.</param>
    /// <value>The default is 0.</value>
    public NasBuilder WithSeed(long seed) => With(() => _seed = seed);

    /// <summary>Sets a separate seed for the strategy, so that searches with several seeds share their stored scores.</summary>
    /// <param name="seed">Any number.</param>
    /// <value>The default is the seed of <see cref="WithSeed"/>.</value>
    public NasBuilder WithStrategySeed(long seed) => With(() => _strategySeed = seed);

    /// <summary>Sets over how many initialisations each score is averaged.</summary>
    /// <param name="repeats">From 1 to 10,000.</param>
    /// <value>The default is 1.</value>
    public NasBuilder WithRepeats(int repeats) => With(() => _repeats = AtMost(AtLeastOne(repeats, nameof(repeats)), MostRepeats, nameof(repeats)));

    /// <summary>Sets how many architectures are scored concurrently. The result does not depend on it.</summary>
    /// <param name="workers">From 1 to 1,024.</param>
    /// <value>The default is one per core, as far as memory allows; 4 on each GPU, or fewer if there are not as many cores.</value>
    public NasBuilder WithWorkers(int workers) => With(() => _workers = AtMost(AtLeastOne(workers, nameof(workers)), MostWorkers, nameof(workers)));

    /// <summary>Sets how long a single step may take: building a network, a forward pass for all activation proxies, or one other proxy.</summary>
    /// <remarks>
    /// If a step takes longer, the score fails and is not stored, and the search continues. The thread cannot be stopped: it is abandoned, with its
    /// network and tensors, and replaced by a new one. If it is still computing gradients of convolutions, concurrent passes
    /// may give wrong results (see <see cref="GradientPasses"/>), so set the limit well above the longest regular step. A cancelled search
    /// waits for running steps up to this limit, and at most ten seconds.
    /// </remarks>
    /// <param name="limit">Greater than 0; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <value>The default is ten minutes.</value>
    public NasBuilder WithProxyTimeLimit(TimeSpan limit) => With(() => _timeLimit = limit == Timeout.InfiniteTimeSpan
        ? TimeSpan.MaxValue
        : limit > TimeSpan.Zero
            ? limit
            : throw new ArgumentOutOfRangeException(nameof(limit), limit, $"The time limit is {limit}: it must be greater than 0."));

    /// <summary>Sets the dtype that networks run in.</summary>
    /// <param name="precision">The dtype.</param>
    /// <value>The default is <see cref="Precision.Float32"/>.</value>
    public NasBuilder WithPrecision(Precision precision) => With(() =>
    {
        if (!Enum.IsDefined(precision))
        {
            throw new ArgumentOutOfRangeException(nameof(precision), precision, "The precision is Float32, Float64 or BFloat16.");
        }

        _precision = precision;
    });

    /// <summary>Sets the device that networks run on.</summary>
    /// <param name="device"><c>"cpu"</c>, or a GPU such as <c>"cuda:1"</c>, with the TorchSharp-cuda package in the application.</param>
    /// <value>The default is the CPU.</value>
    /// <exception cref="FormatException">The text is no name of a device.</exception>
    public NasBuilder WithDevice(ComputeDevice device) => WithDevices(device);

    /// <summary>Sets several GPUs that networks run on. The workers take them in turn.</summary>
    /// <param name="devices">The GPUs, such as <c>"cuda:0", "cuda:1"</c>, each once.</param>
    /// <exception cref="ArgumentException">There is none, or one is named twice, or the CPU is among several.</exception>
    /// <exception cref="FormatException">A text is no name of a device.</exception>
    public NasBuilder WithDevices(params IEnumerable<ComputeDevice> devices) => With(() =>
    {
        ImmutableArray<ComputeDevice> all = [.. NotNull(devices).Select(NotNull)];
        if (!ComputeDevice.AreOneSet(all))
        {
            throw new ArgumentException(
                $"The devices are '{string.Join(", ", all)}': give one, or several GPUs, each once. A CPU's cores are shared by WithWorkers.", nameof(devices));
        }

        _devices = all;
    });

    /// <summary>Allows GPUs to compute float32 products in TF32: faster, with three digits instead of seven. Their scores have keys of their own in a store.</summary>
    /// <remarks>It is a setting of libtorch for the whole process. While a search runs on a GPU it is as the search needs it, and then as it was before.</remarks>
    /// <param name="value">Whether they may.</param>
    /// <value>The default is <see langword="false"/>.</value>
    public NasBuilder AllowTensorFloat32(bool value = true) => With(() => _allowsTensorFloat32 = value);

    /// <summary>Scores by libtorch's tensor routines alone, as on a GPU, without the CPU kernels. It is several times slower, and serves to compare.</summary>
    /// <param name="value">Whether to do without them.</param>
    /// <value>The default is <see langword="false"/>.</value>
    public NasBuilder WithoutKernels(bool value = true) => With(() => _usesKernels = !value);

    /// <summary>Sets how weights are initialised.</summary>
    /// <param name="initializer">The initializer.</param>
    /// <value>The default is <see cref="WeightInitializer.Default"/>.</value>
    public NasBuilder UseInitializer(WeightInitializer initializer) => With(() => _initializer = NotNull(initializer));

    /// <summary>Sets how the noise is drawn.</summary>
    /// <param name="noise">The generator.</param>
    /// <value>The default is <see cref="NoiseGenerator.Gaussian"/>.</value>
    public NasBuilder UseNoise(NoiseGenerator noise) => With(() => _noise = NotNull(noise));

    /// <summary>
    /// Scores only one of several architectures that build the same network, as defined by <see cref="ISearchSpace.Canonicalize"/>. If the space does not define it,
    /// architectures with equal <see cref="RankNas.Graphs.NetworkGraph.CanonicalKey"/> are the same, and the first requested one is scored.
    /// </summary>
    /// <param name="value">Whether to.</param>
    /// <value>The default is not to.</value>
    public NasBuilder TreatEqualGraphsAsOne(bool value = true) => With(() => _treatEqualGraphsAsOne = value);

    /// <summary>Uses stored scores, and answers of other evaluators, even if they were computed with other numerics than this process's.</summary>
    /// <remarks>Scores by AVX-512 and by AVX2, or by two versions of libtorch, agree to about six digits: enough except for near
    /// ties, which may rank differently. The result of a search that mixes them has a notice.</remarks>
    /// <param name="value">Whether to.</param>
    /// <value>The default is not to: the result has a notice of how many there are.</value>
    public NasBuilder AcceptOtherNumerics(bool value = true) => With(() => _acceptOtherNumerics = value);

    /// <summary>Computes the store's failed scores again, and replaces those that no longer fail.</summary>
    /// <param name="value">Whether to.</param>
    /// <value>The default is not to. Scores that failed because memory or time ran out are never stored, so they are computed again in any case.</value>
    public NasBuilder RetryFailedScores(bool value = true) => With(() => _retryFailedScores = value);

    /// <summary>Keeps scores in a store that the caller disposes.</summary>
    /// <param name="store">The store.</param>
    /// <value>The default is an in-memory store for one run.</value>
    public NasBuilder UseScoreStore(IScoreStore store)
    {
        var borrowed = new BorrowedScoreStore(NotNull(store));
        return With(() => _openStore = _ => ValueTask.FromResult<IScoreStore>(borrowed));
    }

    /// <summary>Uses another evaluator, which may score architectures in other processes.</summary>
    /// <param name="create">Creates the evaluator at the start of a run, which disposes it at its end.</param>
    public NasBuilder UseEvaluator(Func<IArchitectureEvaluator> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return UseEvaluator((_, _) => ValueTask.FromResult(create()));
    }

    /// <summary>Uses another evaluator, which is created from all that the scores depend on. The devices of <see cref="WithDevices"/> need not be in this machine.</summary>
    /// <param name="create">Creates the evaluator at the start of a run, which disposes it at its end.</param>
    /// <param name="numerics">What the evaluator computes by, as <see cref="ScoreScope.Numerics"/> has it; null means as this process would.</param>
    public NasBuilder UseEvaluator(
        Func<EvaluatorSettings, CancellationToken, ValueTask<IArchitectureEvaluator>> create, string? numerics = null) => With(() =>
    {
        _createEvaluator = NotNull(create);
        _numerics = numerics;
    });

    /// <summary>Reports progress after each architecture.</summary>
    /// <remarks>The search waits for the handler. A handler that throws is not called again, and the result has a notice.</remarks>
    /// <param name="progress">The handler: called on any thread, one report at a time.</param>
    public NasBuilder UseProgress(IProgress<SearchProgress> progress) => With(() => _progress = NotNull(progress));

    /// <summary>Logs a search's events: its start and end, each failed score, and each notice.</summary>
    /// <param name="loggerFactory">Creates the logger, in the category <see cref="RankNasDiagnostics.Name"/>.</param>
    public NasBuilder UseLoggerFactory(ILoggerFactory loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(loggerFactory);
        return With(() => _logger = loggerFactory.CreateLogger(RankNasDiagnostics.Name));
    }

    /// <summary>Checks the configuration, freezes the builder, and creates the search.</summary>
    /// <exception cref="InvalidOperationException">Something is missing or does not fit; the message says what to call.</exception>
    public NasExperiment Build()
    {
        if (_strategy is null)
        {
            throw new InvalidOperationException(
                "The search has no strategy: call UseRandomSearch(), UseGeneticSearch(), UseSimulatedAnnealing(), UseAgingEvolution() or UseStrategy(…).");
        }

        StrategyDescriptor strategy = PlanChecks.Describe(_strategy);
        return new NasExperiment(CreatePlan(strategy), _strategy, strategy);
    }

    /// <summary>As <see cref="Build"/>, for scoring given architectures: no strategy is needed.</summary>
    /// <returns>A scorer that stays open until it is disposed.</returns>
    /// <exception cref="InvalidOperationException">Something is missing or does not fit; the message says what to call.</exception>
    public ArchitectureScorer BuildScorer() => new(CreatePlan());

    /// <summary>As <see cref="Build"/>, for answering the requests of a search in another process: no strategy is needed.</summary>
    /// <remarks>The search must have the same space, images, proxies and settings, and <see cref="UseEvaluator(Func{IArchitectureEvaluator})"/> with an evaluator that sends its requests here.</remarks>
    /// <returns>An evaluator that the caller disposes.</returns>
    /// <exception cref="InvalidOperationException">Something is missing or does not fit; the message says what to call.</exception>
    public LocalEvaluator BuildEvaluator() => new(CreatePlan().Setup, _acceptOtherNumerics);

    /// <summary>Gets how many workers the evaluator has, and what it computes by.</summary>
    internal (int Workers, string Numerics) DescribeEvaluator()
    {
        EvaluationSetup setup = CreatePlan().Setup;
        return (setup.Workers, setup.Numerics);
    }

    void INasBuilder.UseSpace(ISearchSpace space) => UseSpace(space);

    void INasBuilder.AddProxy(IZeroCostProxy proxy) => AddProxy(proxy);

    void INasBuilder.UseStrategy(ISearchStrategy strategy) => UseStrategy(strategy);

    void INasBuilder.UseScoreStore(Func<CancellationToken, ValueTask<IScoreStore>> open) => With(() => _openStore = NotNull(open));

    private SearchPlan CreatePlan(StrategyDescriptor? strategy = null)
    {
        ISearchSpace space = _space ?? throw new InvalidOperationException(
            "The search has no space: call UseNatsTopology(), UseMobileNet(), another Use… of a space, or UseSpace(…).");
        if (_proxies.Count == 0)
        {
            throw new InvalidOperationException(
                "The search has no proxy: call AddNoiseImmunity(), AddNaswot(), AddLogSynFlow() or AddProxy(…) at least once.");
        }

        PlanChecks.NameOf("space", space, () => space.Id);
        PlanChecks.NameOf("aggregator", _aggregator, () => _aggregator.Id);
        _constraints.ForEach(constraint => PlanChecks.NameOf("constraint", constraint, () => constraint.Description));
        ImmutableArray<ObjectiveDescriptor> objectives = PlanChecks.Describe(_objectives);
        ProbeImages images = ImagesFor(space);
        ImmutableArray<IZeroCostProxy> proxies = [.. _proxies.Where(proxy => !_whereDefined.Contains(proxy) || NeedsCheck.IsDefined(proxy, space, images.Shape))];
        ImmutableArray<ProxyDescriptor> descriptors = PlanChecks.Describe(proxies);
        int batchSize = _batchSize ?? Math.Min(DefaultBatchSize, images.Count);
        if (images.Count < batchSize)
        {
            throw new InvalidOperationException(
                $"The batch size is {batchSize}, but there are {images.Count} images ({images.Description}): "
                + $"call WithBatchSize({images.Count}) or less, or use more images.");
        }

        BatchMemory.Check(batchSize, images.Shape);
        int workers = _workers ?? DefaultWorkers(batchSize, images.Shape);
        CheckDevices(workers);
        _frozen = true;
        var setup = new EvaluationSetup(
            space, proxies, descriptors, images, batchSize, _noise, _initializer, _precision, _devices, _usesKernels,
            _allowsTensorFloat32, _seed, workers, _timeLimit)
        {
            AddedWhereDefined = [.. proxies.Zip(descriptors).Where(pair => _whereDefined.Contains(pair.First)).Select(pair => pair.Second)],
        };
        setup = _numerics is null ? setup : setup with { Numerics = _numerics };
        long strategySeed = _strategySeed ?? _seed;
        string[] whatItIs =
        [
            strategy?.Id ?? "", strategy?.Settings ?? "", strategySeed.ToString(CultureInfo.InvariantCulture), _aggregator.Id, $"{_repeats}", $"{_treatEqualGraphsAsOne}",
            .. _constraints.Select(constraint => constraint.Description),
            .. objectives.Select(objective => $"{objective.Id} {objective.Direction}"),
        ];
        return new SearchPlan(
            setup, [.. _constraints], _aggregator, _budget, strategySeed, _repeats, _treatEqualGraphsAsOne,
            new ScoreReuse(_acceptOtherNumerics, _retryFailedScores),
            _openStore ?? OpenMemory,
            _createEvaluator is { } create
                ? cancellationToken => create(EvaluatorSettings.Of(setup, whatItIs, _acceptOtherNumerics, _logger), cancellationToken)
                : _ => ValueTask.FromResult<IArchitectureEvaluator>(new LocalEvaluator(setup, _acceptOtherNumerics)),
            _progress,
            _logger)
        {
            TimeLimit = _searchTime,
            Objectives = [.. _objectives],
            ObjectiveDescriptors = objectives,
        };
    }

    private static ValueTask<IScoreStore> OpenMemory(CancellationToken cancellationToken) => new(new InMemoryScoreStore());

    private ProbeImages ImagesFor(ISearchSpace space)
    {
        Size2D? size = PlanChecks.ImageSizeOf(space);
        ProbeImages images = _images ?? ProbeImages.Synthetic(
            shape: size is { } made ? new NetworkShape { Height = made.Height, Width = made.Width } : null, count: _batchSize ?? DefaultBatchSize);
        return size is { } wanted ? images.Resize(wanted) : images;
    }

    private int DefaultWorkers(int batchSize, NetworkShape shape) =>
        _devices[0].IsCpu ? Math.Min(BatchMemory.WorkersFor(batchSize, shape), Environment.ProcessorCount)
            : _devices.Length * Math.Clamp(Environment.ProcessorCount / _devices.Length, 1, WorkersOfAGpu);

    private void CheckDevices(int workers)
    {
        if (_createEvaluator is null && ComputeDevice.WhyMissing(_devices) is { } missing)
        {
            throw new InvalidOperationException($"The device {missing}: call WithDevice(\"cpu\"), or add the package TorchSharp-cuda-linux or TorchSharp-cuda-windows.");
        }

        if (workers < _devices.Length)
        {
            throw new InvalidOperationException(
                $"{_devices.Length} devices have {workers} workers: call WithWorkers({_devices.Length}) or more, or leave it out.");
        }
    }

    private NasBuilder With(Action change)
    {
        if (_frozen)
        {
            throw new InvalidOperationException("The builder has built its search and is frozen: start another with NasBuilder.Create().");
        }

        change();
        return this;
    }

    private static T NotNull<T>(T value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        return value;
    }

    private static int AtMost(int value, int most, string name) => value <= most
        ? value
        : throw new ArgumentOutOfRangeException(
            name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}: it must be at most {most:N0}."));

    private static int AtLeastOne(int value, string name) => value >= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}: it must be at least 1.");
}
