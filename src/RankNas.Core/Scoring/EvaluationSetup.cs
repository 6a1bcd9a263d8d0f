using RankNas.Images;
using RankNas.Torch;

namespace RankNas.Scoring;

/// <summary>All that scoring an architecture in this process takes; fixed for an experiment.</summary>
/// <remarks>
/// All devices are of one kind. Descriptors are the proxies as requests and stores name them, in their order: what a proxy says of itself later
/// changes nothing.
/// </remarks>
internal sealed record EvaluationSetup(
    ISearchSpace Space,
    ImmutableArray<IZeroCostProxy> Proxies,
    ImmutableArray<ProxyDescriptor> Descriptors,
    ProbeImages Images,
    int BatchSize,
    NoiseGenerator Noise,
    WeightInitializer Initializer,
    Precision Precision,
    ImmutableArray<ComputeDevice> Devices,
    bool UsesKernels,
    bool AllowsTensorFloat32,
    long Seed,
    int Workers,
    TimeSpan TimeLimit)
{
    // What a person who has cancelled waits at most; most networks take less.
    private static readonly TimeSpan MostGrace = TimeSpan.FromSeconds(10);

    private string? _fingerprint;

    /// <summary>Gets how long what is under way may go on once a search is cancelled.</summary>
    public TimeSpan Grace => TimeLimit < MostGrace ? TimeLimit : MostGrace;

    /// <summary>Gets the images' fingerprint, computed once: what a search read at its start holds to its end.</summary>
    public string Fingerprint => LazyInitializer.EnsureInitialized(ref _fingerprint, () => Images.Fingerprint(BatchSize));

    /// <summary>Gets those of the proxies that were added for whichever spaces they serve, as presets do: nobody chose them for this one.</summary>
    public ImmutableHashSet<ProxyDescriptor> AddedWhereDefined { get; init; } = [];

    /// <summary>Gets the name of what computes scores in this process.</summary>
    public string Numerics { get; init; } = Scoring.Numerics.Of(Devices[0], UsesKernels, AllowsTensorFloat32);

    /// <summary>Gets everything but architecture and proxy that a score depends on.</summary>
    public ScoreScope ScopeOf(int repeat)
    {
        NetworkShape shape = Images.Shape;
        return new ScoreScope(
            Space.Id,
            $"{shape.InputText}/{shape.Classes}",
            $"{Fingerprint}/{BatchSize}/{Noise.Id}",
            Initializer.Id,
            Precision.ToId(),
            Devices[0].KindId,
            Seed,
            repeat,
            Numerics);
    }
}
