using System.Diagnostics;
using System.Globalization;
using RankNas.Images;
using RankNas.Initialization;
using RankNas.Proxies;
using RankNas.Reproduction.Pruning;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Reproduction;

/// <summary>TE-NAS: prunes a supernet of the topology space until one operation is left on every edge, by what each operation does to the neural tangent kernel and to linear regions.</summary>
/// <remarks>
/// In each round every operation left is taken away in turn. The condition number of the kernel should fall by it, and the number of linear regions
/// should not: the operation with the least sum of both ranks goes, on each edge one. Chen et al., <em>Neural Architecture Search on ImageNet in Four GPU
/// Hours: A Theoretically Inspired Perspective</em>, ICLR 2021, Algorithm 1. As in the authors' program, the kernel is that of a narrow network of three
/// cells, and regions are counted in one cell of one channel by crops of 3×3 pixels of one colour. No labels are looked at.
/// </remarks>
public sealed class SupernetPruning
{
    private const int CropSize = 3;
    private const int CropBatch = 1000;
    private const int DecimalsOfChanges = 3;

    private readonly NatsTopologySpace _space;
    private readonly ProbeImages _images;
    private readonly SupernetPruningOptions _options;

    /// <summary>Initializes the search.</summary>
    /// <param name="space">The space that the result is of.</param>
    /// <param name="images">The images, of <see cref="SupernetPruningOptions.KernelImages"/> or more.</param>
    /// <param name="options">The settings; the defaults if null.</param>
    /// <exception cref="ArgumentException">There are fewer images, or they are smaller than a crop.</exception>
    public SupernetPruning(NatsTopologySpace space, ProbeImages images, SupernetPruningOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(images);
        _space = space;
        _images = images;
        _options = options ?? new SupernetPruningOptions();
        if (images.Count < _options.KernelImages || images.Shape.Height < CropSize || images.Shape.Width < CropSize)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Pruning looks at {_options.KernelImages} images of {CropSize}x{CropSize} pixels or more, and there are {images.Count} of {images.Shape.Height}x{images.Shape.Width}."), nameof(images));
        }
    }

    /// <summary>Prunes the supernet.</summary>
    /// <param name="seed">The seed of weights, images and crops.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What is left.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public PruningOutcome Search(long seed, CancellationToken cancellationToken = default)
    {
        TorchRuntime.EnsureLoaded();
        var watch = Stopwatch.StartNew();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable normal = inference_mode(false);
        ProbeImages shuffled = _images.Shuffle(StableSeed.Derive(seed, "te-nas"));
        using var batch = new ProbeBatch(shuffled.Take(_options.KernelImages), noiseSeed: seed);
        IReadOnlyList<Tensor> crops = Crops(shuffled, seed);
        Supernet supernet = Supernet.Whole;
        int evaluations = 0;
        while (!supernet.IsSinglePath)
        {
            var changes = new List<(int Edge, CellOperation Operation, double Kernel, double Regions)>();
            double[] kernels = [.. Repeats(repeat => ConditionNumber(supernet, batch, seed, repeat))];
            double[] regions = [.. Repeats(repeat => Regions(supernet, crops, seed, repeat))];
            for (int edge = 0; edge < supernet.Operations.Length; edge++)
            {
                if (supernet.Operations[edge].Length == 1)
                {
                    continue;
                }

                foreach (CellOperation operation in supernet.Operations[edge])
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Supernet pruned = supernet.Without(edge, operation);
                    changes.Add((
                        edge, operation,
                        Repeats(repeat => Change(kernels[repeat], ConditionNumber(pruned, batch, seed, repeat))).Average(),
                        Repeats(repeat => Change(regions[repeat], Regions(pruned, crops, seed, repeat))).Average()));
                    evaluations++;
                }
            }

            // A kernel that becomes better, and regions that remain, speak for pruning.
            int[] kernelRanks = PruningRanks.Of([.. changes.Select(change => -change.Kernel)]);
            int[] regionRanks = PruningRanks.Of([.. changes.Select(change => change.Regions)]);
            foreach (var ofEdge in changes.Select((change, place) => (change.Edge, change.Operation, Rank: kernelRanks[place] + regionRanks[place])).GroupBy(change => change.Edge))
            {
                supernet = supernet.Without(ofEdge.Key, ofEdge.MinBy(change => change.Rank).Operation);
            }
        }

        return new PruningOutcome(_space.Create([.. supernet.Operations.Select(left => left[0])]), evaluations, watch.Elapsed.TotalSeconds);
    }

    private IEnumerable<double> Repeats(Func<int, double> measure) => Enumerable.Range(0, _options.Repeats).Select(measure);

    private static double Change(double before, double after) => Math.Round((before - after) / before, DecimalsOfChanges);

    // A kernel without a condition number counts as one of 100,000, as in the authors' program.
    private double ConditionNumber(Supernet supernet, ProbeBatch batch, long seed, int repeat)
    {
        const double None = 100_000;
        using DisposeScope scope = NewDisposeScope();
        using GraphModule network = supernet.Describe(_images.Shape).ToModule();
        Initialize(network, StableSeed.Derive(seed, "kernel", repeat.ToString(CultureInfo.InvariantCulture)), byOutputs: true);
        double number = new NtkConditionNumber(new NtkOptions { Images = _options.KernelImages }).Score(network, batch);
        return double.IsFinite(number) ? number : None;
    }

    private static double Regions(Supernet supernet, IReadOnlyList<Tensor> crops, long seed, int repeat)
    {
        using DisposeScope scope = NewDisposeScope();
        using GraphModule network = supernet.DescribeActivations(CropSize).ToModule();
        Initialize(network, StableSeed.Derive(seed, "regions", repeat.ToString(CultureInfo.InvariantCulture)), byOutputs: false);
        return LinearRegions.Count(network, crops);
    }

    // Kaiming-normal weights, each drawn by its name: networks that differ in an operation share all others.
    private static void Initialize(GraphModule network, long seed, bool byOutputs)
    {
        using IDisposable guard = no_grad();
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in network.named_parameters())
        {
            if (parameter.dim() >= 2)
            {
                long perWeight = parameter.numel() / (parameter.size(0) * parameter.size(1));
                double deviation = Math.Sqrt(2.0 / (parameter.size(byOutputs ? 0 : 1) * perWeight));
                using var generator = new Generator((ulong)StableSeed.Derive(seed, name), CPU);
                parameter.normal_(0, deviation, generator);
            }
            else if (name.EndsWith("bias", StringComparison.Ordinal))
            {
                parameter.zero_();
            }
        }
    }

    private List<Tensor> Crops(ProbeImages images, long seed)
    {
        using Tensor all = images.Take(Math.Min(images.Count, _options.Crops));
        var random = new Random(unchecked((int)StableSeed.Derive(seed, "crops")));
        var batches = new List<Tensor>();
        for (int first = 0; first < _options.Crops; first += CropBatch)
        {
            using DisposeScope scope = NewDisposeScope();
            int count = Math.Min(CropBatch, _options.Crops - first);
            batches.Add(stack(Enumerable.Range(first, count).Select(crop => all[crop % all.size(0)]
                .narrow(0, random.Next(images.Shape.Channels), 1)
                .narrow(1, random.Next(images.Shape.Height - CropSize + 1), CropSize)
                .narrow(2, random.Next(images.Shape.Width - CropSize + 1), CropSize))).MoveToOuterDisposeScope());
        }

        return batches;
    }
}
