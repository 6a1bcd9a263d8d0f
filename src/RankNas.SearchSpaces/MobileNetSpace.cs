using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using RankNas.Files;
using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.SearchSpaces.Mobile;

namespace RankNas.SearchSpaces;

/// <summary>A mobile space in the style of MobileNetV3 and Once-for-All: from 23 thousand parameters to those of a phone, for images of any size.</summary>
/// <remarks>
/// Five stages of two to four inverted residual blocks. Each block has a kernel of 3, 5 or 7 and widens 3, 4 or 6 times; each stage squeezes and excites or does not; one width multiplier
/// serves the whole network. Written <c>w0.5/k3e3-k5e6/se:k3e4-k7e3/…</c>: the width, then the stages. The stem and the first stages keep the size of small images, so that the last stage
/// sees at least 4×4 pixels where the images have 32×32 or more. With more than 10¹⁹ architectures the space has no index. A sample is uniform over depths, and for each depth over the rest.
/// Howard et al., <em>Searching for MobileNetV3</em>, ICCV 2019; Cai et al., <em>Once-for-All</em>, ICLR 2020.
/// </remarks>
public sealed class MobileNetSpace : GenomeSearchSpace
{
    /// <summary>The name of the space with its default settings.</summary>
    public const string Name = "mobilenet";

    private const int StemChannels = 16;
    private const int LastExpansion = 6;
    private const int SqueezeRatio = 4;
    private const int ChannelStep = 8;

    // The smallest images whose last stage still sees 4x4 pixels, by the strides of the stem and the five stages.
    private static readonly (int LeastSide, int[] Strides)[] Strides =
    [
        (128, [2, 2, 2, 2, 1, 2]),
        (64, [2, 2, 2, 2, 1, 1]),
        (0, [1, 1, 2, 2, 1, 2]),
    ];

    private readonly MobileNetOptions _options;

    /// <summary>Initializes the space.</summary>
    /// <param name="options">The settings; every width and images of any size if null.</param>
    public MobileNetSpace(MobileNetOptions? options = null)
        : base(IdOf(options ??= new MobileNetOptions()), [options.Widths.Length, .. Enumerable.Range(0, MobileStage.Count).SelectMany(_ => MobileStage.Alleles)]) => _options = options;

    /// <inheritdoc/>
    public override BigInteger Count => _options.Widths.Length * BigInteger.Pow(
        2 * Enumerable.Range(MobileStage.LeastDepth, MobileStage.MostDepth - MobileStage.LeastDepth + 1)
            .Sum(depth => (int)Math.Pow(MobileStage.Kernels.Length * MobileStage.Expansions.Length, depth)),
        MobileStage.Count);

    /// <inheritdoc/>
    public override Size2D? ImageSize => _options.Resolution;

    /// <summary>Reads the width and the stages, such as <c>w0.5/k3e3-k5e6/se:k3e4-k7e3/k3e3-k3e3/k3e3-k3e3/k3e3-k3e3</c>.</summary>
    /// <inheritdoc/>
    public override Architecture Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string example = Create(new int[Alleles.Length]).Text;
        (double width, ImmutableArray<MobileStage> stages) = MobileNotation.Parse(text, Id, example);
        int chosen = _options.Widths.IndexOf(width);
        return chosen >= 0 ? Create([chosen, .. stages.SelectMany(stage => stage.Encode())]) : throw new ArchitectureFormatException(string.Create(
            CultureInfo.InvariantCulture,
            $"'{ShownText.Of(text, ShownText.LineLength)}' is no architecture of {Id}: the width is {width}, and the space has {Joined(_options.Widths, ", ")}. Write for example '{example}'."));
    }

    /// <summary>Describes an architecture's network.</summary>
    /// <inheritdoc/>
    public override NetworkGraph Describe(Architecture architecture, NetworkShape shape)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(shape);
        double width = _options.Widths[architecture.Genes[0]];
        int[] strides = Strides.First(entry => Math.Min(shape.Height, shape.Width) >= entry.LeastSide).Strides;
        GraphValue x = Graph.Images(shape).Block(
            "stem",
            images => images.Conv(ChannelsAt(StemChannels, width), 3, strides[0], name: "conv").BatchNorm(name: "bn").HardSwish("act").Within("first", first => InvertedResidual(first, first.Channels, 3, 1, 1, false, ActivationFunction.Relu)),
            kind: "stem");
        foreach ((int index, MobileStage stage) in StagesOf(architecture).Index())
        {
            int channels = ChannelsAt(MobileStage.Channels[index], width);
            foreach ((int block, (int kernel, int expansion)) in stage.Blocks.Index())
            {
                int stride = block == 0 ? strides[index + 1] : 1;
                x = x.Block(
                    string.Create(CultureInfo.InvariantCulture, $"stages.{index}.{block}"),
                    input => InvertedResidual(input, channels, kernel, expansion, stride, stage.HasSqueeze, MobileStage.Activations[index]));
            }
        }

        return x.Within("last", last => last.Conv(LastExpansion * x.Channels, 1, name: "conv").BatchNorm(name: "bn").HardSwish("act"))
            .GlobalAveragePool().Linear(shape.Classes, name: "classifier").Build();
    }

    /// <inheritdoc/>
    protected override void Normalize(Span<int> genes)
    {
        for (int gene = 1; gene < genes.Length; gene += MobileStage.GenesOfStage)
        {
            MobileStage.Normalize(genes[gene..]);
        }
    }

    /// <inheritdoc/>
    protected override string Format(ReadOnlySpan<int> genes)
    {
        var stages = new List<MobileStage>();
        for (int gene = 1; gene < genes.Length; gene += MobileStage.GenesOfStage)
        {
            stages.Add(MobileStage.Decode(genes[gene..]));
        }

        return MobileNotation.Format(_options.Widths[genes[0]], stages);
    }

    private static MobileStage[] StagesOf(Architecture architecture) => [.. Enumerable.Range(0, MobileStage.Count)
        .Select(stage => MobileStage.Decode(architecture.Genes.AsSpan()[(1 + (stage * MobileStage.GenesOfStage))..]))];

    private static GraphValue InvertedResidual(GraphValue input, int channels, int kernel, int expansion, int stride, bool hasSqueeze, ActivationFunction activation)
    {
        int wide = input.Channels * expansion;
        GraphValue x = expansion == 1 ? input : input.Within("expand", layers => layers.Conv(wide, 1, name: "conv").BatchNorm(name: "bn").Activation(activation, "act"));
        x = x.Within("depthwise", layers => layers.DepthwiseConv(kernel, stride, name: "conv").BatchNorm(name: "bn").Activation(activation, "act"));
        x = hasSqueeze ? x * x.Within("se", SqueezeAndExcite) : x;
        x = x.Within("project", layers => layers.Conv(channels, 1, name: "conv").BatchNorm(name: "bn"));
        return stride == 1 && input.Channels == channels ? x + input : x;
    }

    private static GraphValue SqueezeAndExcite(GraphValue x) => x.GlobalAveragePool(keepDimensions: true, name: "pool")
        .Conv(Rounded((double)x.Channels / SqueezeRatio), 1, bias: true, name: "reduce").Relu("act")
        .Conv(x.Channels, 1, bias: true, name: "expand").HardSigmoid("gate");

    private static int ChannelsAt(int channels, double width) => Rounded(channels * width);

    // As MobileNet's make_divisible: to a multiple of 8, and never below nine tenths.
    private static int Rounded(double channels)
    {
        int rounded = Math.Max(ChannelStep, (int)(channels + (ChannelStep / 2)) / ChannelStep * ChannelStep);
        return rounded < 0.9 * channels ? rounded + ChannelStep : rounded;
    }

    private static string IdOf(MobileNetOptions options) => SettingChecks.IdOf(
        Name, ("width", SettingChecks.TextOf(options.Widths, new MobileNetOptions().Widths)), ("resolution", options.Resolution?.ToString(CultureInfo.InvariantCulture)));

    private static string Joined(ImmutableArray<double> widths, string separator) => string.Join(separator, widths.Select(width => width.ToString(CultureInfo.InvariantCulture)));
}
