using RankNas.Graphs;
using RankNas.Images;
using RankNas.Proxies;
using RankNas.Torch;

namespace RankNas.Tool.Arguments;

/// <summary>The options that say how networks are scored, shared by every command that scores.</summary>
internal sealed class ScoringOptions
{
    private readonly Func<ParseResult, IReadOnlyList<string>> _defaultProxies;
    private readonly Func<ParseResult, IReadOnlyList<string>> _whereDefined;
    private readonly SpaceOptions _space = new();
    private readonly Option<string[]> _proxies;
    private readonly Option<string> _images = ImagesOption.Create();
    private readonly NumberOption<int> _batch = BatchOption.Create(1);
    private readonly Option<bool> _fast = new("--fast") { Description = $"Looks at {BatchOption.Fast} images: a fifth of the time of 128, and nearly the same ranks." };
    private readonly NumberOption<long> _seed = new("--seed", "The seed of weights, noise and strategy.", 0, long.MinValue, long.MaxValue);
    private readonly NumberOption<int> _repeats = new("--repeats", "Over how many initialisations each score is averaged.", 1, 1, 1000);
    private readonly NumberOption<int> _workers = new("--workers", "How many architectures are scored at once; 0 for one on each core, as far as memory allows.", 0, 0, 1024, 4);
    private readonly ChoiceOption _initializer = new("--init", "How weights are drawn", "default", "default", "splitmix");
    private readonly ChoiceOption _noise = new("--noise", "How noise is drawn", "default", "default", "splitmix");
    private readonly ChoiceOption _precision = new("--precision", "The dtype", "float32", "float32", "float64", "bfloat16");
    private readonly DeviceOption _device = new("Where networks run", "cpu");

    /// <summary>Initializes the options.</summary>
    /// <param name="defaultProxies">The proxies where none are named.</param>
    /// <param name="defaultProxiesInWords">The same for the help.</param>
    /// <param name="whereDefined">Those of the default ones that are left out where the space's networks do not have what they need.</param>
    public ScoringOptions(
        Func<ParseResult, IReadOnlyList<string>> defaultProxies, string defaultProxiesInWords, Func<ParseResult, IReadOnlyList<string>>? whereDefined = null)
    {
        _defaultProxies = defaultProxies;
        _whereDefined = whereDefined ?? (_ => []);
        _proxies = ProxyOption.Create(defaultProxiesInWords);
    }

    public void AddTo(ToolCommand command, bool withSpaceAndProxies = true)
    {
        if (withSpaceAndProxies)
        {
            command.AddGroup(ToolCommand.ScoringGroup, [.. _space.All, _proxies]);
        }

        command.AddGroup(ToolCommand.ImagesGroup, _images, _batch, _fast, _noise)
            .AddGroup(ToolCommand.NetworkGroup, _seed, _repeats, _initializer, _precision, _device, _workers);
    }

    public ISearchSpace Space(ParseResult parsed) => _space.Resolve(parsed);

    public IReadOnlyList<IZeroCostProxy> Proxies(ParseResult parsed) => ProxyOption.Resolve(parsed.GetValue(_proxies), _defaultProxies(parsed));

    public IReadOnlyList<string> ProxyIds(ParseResult parsed) => [.. Proxies(parsed).Select(proxy => proxy.Id)];

    /// <summary>Says which images a search of a space takes, which the command may choose by itself.</summary>
    public ImagesUsed ImagesUsed(ParseResult parsed, ISearchSpace space)
    {
        int batch = Batch(parsed);
        ProbeImages images = ImagesFor(parsed, space) ?? ProbeImages.Synthetic(shape: Shape(parsed, space), count: batch);
        return global::RankNas.ImagesUsed.Of(images, batch);
    }

    /// <summary>Gets all images that there are for a space, of which a search draws its own.</summary>
    public ProbeImages AllImages(ParseResult parsed, ISearchSpace space) => ImagesFor(parsed, space) ?? ProbeImages.Synthetic(shape: Shape(parsed, space));

    /// <summary>Refuses several initialisations whose images would be the same.</summary>
    public void CheckInitialisations(ParseResult parsed, int initialisations)
    {
        if (initialisations > 1 && Images(parsed) is { } images && images.Count <= Batch(parsed))
        {
            throw new UsageException(
                $"--initialisations is {initialisations}, each with other images, but --batch takes all {images.Count} of --images: write a smaller --batch.");
        }
    }

    public NetworkShape Shape(ParseResult parsed, ISearchSpace space) => SpaceOptions.ShapeFor(space, Images(parsed)?.Shape ?? new NetworkShape());

    public long Seed(ParseResult parsed) => parsed.GetValue(_seed);

    /// <summary>Adds every setting that scores depend on to a command line.</summary>
    public void Describe(ParseResult parsed, CommandLineText line) => _space.Describe(parsed, line)
        .Add("--proxy", [.. ProxyIds(parsed)])
        .Add("--images", parsed.GetValue(_images))
        .Add("--batch", Batch(parsed))
        .Add("--seed", parsed.GetValue(_seed))
        .Add("--repeats", parsed.GetValue(_repeats))
        .Add("--init", parsed.GetValue(_initializer))
        .Add("--noise", parsed.GetValue(_noise))
        .Add("--precision", parsed.GetValue(_precision))
        .Add("--device", parsed.GetValue(_device));

    /// <summary>Starts a search with these options.</summary>
    public NasBuilder CreateBuilder(ParseResult parsed, bool isElsewhere = false) => CreateBuilder(parsed, Space(parsed), Proxies(parsed), isElsewhere);

    /// <summary>Starts a search with these options, of another space and by other proxies.</summary>
    /// <remarks>An initialisation, from 0, has weights of the seed so many further, and images drawn by that seed; the first is what the options say.</remarks>
    public NasBuilder CreateBuilder(
        ParseResult parsed, ISearchSpace space, IReadOnlyList<IZeroCostProxy> proxies, bool isElsewhere = false, int initialisation = 0)
    {
        int batch = Batch(parsed);
        BatchOption.Check(batch);
        long seed = unchecked(parsed.GetValue(_seed) + initialisation);
        NasBuilder builder = NasBuilder.Create()
            .UseSpace(space)
            .WithBatchSize(batch)
            .WithSeed(seed)
            .WithRepeats(parsed.GetValue(_repeats))
            .UseInitializer(parsed.GetValue(_initializer) == "splitmix" ? WeightInitializer.SplitMix : WeightInitializer.Default)
            .UseNoise(parsed.GetValue(_noise) == "splitmix" ? NoiseGenerator.SplitMix : NoiseGenerator.Gaussian)
            .WithPrecision(Enum.Parse<Precision>(parsed.GetValue(_precision)!, ignoreCase: true))
            .WithDevices(DeviceOption.Resolve(parsed.GetValue(_device), isElsewhere));
        if (Images(parsed) is { } images)
        {
            BatchOption.CheckFor(images, batch);
            builder.UseImages(initialisation == 0 ? images : images.Shuffle(seed), batch);
        }
        else if (initialisation > 0)
        {
            builder.UseImages(ProbeImages.Synthetic(seed, Shape(parsed, space), batch), batch);
        }

        if (parsed.GetValue(_workers) is > 0 and int workers)
        {
            builder.WithWorkers(workers);
        }

        IReadOnlyList<string> mayBeLeftOut = parsed.GetValue(_proxies) is { Length: > 0 } ? [] : _whereDefined(parsed);
        return proxies.Aggregate(builder, (built, proxy) => mayBeLeftOut.Contains(proxy.Id) ? built.AddProxyWhereDefined(proxy) : built.AddProxy(proxy));
    }

    private int Batch(ParseResult parsed) => !parsed.GetValue(_fast) ? parsed.GetValue(_batch)
        : parsed.GetResult(_batch) is { Implicit: false } ? throw new UsageException($"--fast is --batch {BatchOption.Fast}: leave out one of them.")
        : BatchOption.Fast;

    // As large as the search takes them.
    private ProbeImages? ImagesFor(ParseResult parsed, ISearchSpace space) =>
        Images(parsed) is { } images ? space.ImageSize is { } size ? images.Resize(size) : images : null;

    private ProbeImages? Images(ParseResult parsed) => ImagesOption.Resolve(parsed.GetValue(_images));
}
