using System.Collections.Immutable;
using System.Globalization;
using RankNas.Graphs;

namespace RankNas.SearchSpaces;

/// <summary>A residual space as Zen-NAS searches: the depth, width, bottleneck and kernel of each of four stages of bottleneck blocks.</summary>
/// <remarks>
/// Written <c>d1=2,w1=64,b1=4,k1=3,d2=…</c>: stage 1 has two blocks whose output has 64 channels; their bottleneck has a quarter of these, and a kernel of 3. Each stage but the first
/// halves the image; so do the stem, for images of 64×64 and more, and max pooling after it, for 128×128 and more.
/// Lin et al., <em>Zen-NAS: A Zero-Shot NAS for High-Performance Image Recognition</em>, ICCV 2021.
/// </remarks>
public sealed class ResNetSpace : ChoiceSearchSpace
{
    /// <summary>The name of the space with its default settings.</summary>
    public const string Name = "resnet";

    private const int Stages = 4;
    private const int StrideFrom = 64;
    private const int PoolingFrom = 128;

    private readonly ResNetOptions _options;

    /// <summary>Initializes the space.</summary>
    /// <param name="options">The settings; images of any size if null.</param>
    public ResNetSpace(ResNetOptions? options = null)
        : base(IdOf(options ??= new ResNetOptions()), [.. Enumerable.Range(1, Stages).SelectMany(stage => ChoicesOf(stage))]) => _options = options;

    /// <inheritdoc/>
    public override Size2D? ImageSize => _options.Resolution;

    /// <summary>Describes an architecture's network.</summary>
    /// <inheritdoc/>
    public override NetworkGraph Describe(Architecture architecture, NetworkShape shape)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(shape);
        int side = Math.Min(shape.Height, shape.Width);
        GraphValue x = Graph.Images(shape).Block("stem", images =>
        {
            GraphValue stem = images.Conv(Chosen("w", 1), 3, side >= StrideFrom ? 2 : 1, name: "conv").BatchNorm(name: "bn").Relu("relu");
            return side >= PoolingFrom ? stem.MaxPool(3, stride: 2, padding: 1, name: "pool") : stem;
        }, kind: "stem");
        for (int stage = 1; stage <= Stages; stage++)
        {
            for (int block = 0; block < Chosen("d", stage); block++)
            {
                (int channels, int inner, int kernel) = (Chosen("w", stage), Chosen("w", stage) / Chosen("b", stage), Chosen("k", stage));
                int stride = stage > 1 && block == 0 ? 2 : 1;
                x = x.Block(string.Create(CultureInfo.InvariantCulture, $"layer{stage}.{block}"), input => Bottleneck(input, channels, inner, kernel, stride), "residual block");
            }
        }

        return x.GlobalAveragePool().Linear(shape.Classes, name: "fc").Build();

        int Chosen(string choice, int stage) => NumberOf(architecture, string.Create(CultureInfo.InvariantCulture, $"{choice}{stage}"));
    }

    private static ImmutableArray<Choice> ChoicesOf(int stage)
    {
        int scale = 1 << (stage - 1);
        string number = stage.ToString(CultureInfo.InvariantCulture);
        return
        [
            new Choice($"d{number}", 1, 2, 3, 4, 6),
            new Choice($"w{number}", 32 * scale, 48 * scale, 64 * scale, 96 * scale, 128 * scale),
            new Choice($"b{number}", 1, 2, 4),
            new Choice($"k{number}", 3, 5, 7),
        ];
    }

    private static GraphValue Bottleneck(GraphValue input, int channels, int inner, int kernel, int stride)
    {
        GraphValue x = input.Conv(inner, 1, name: "conv1").BatchNorm(name: "bn1").Relu("relu1")
            .Conv(inner, kernel, stride, name: "conv2").BatchNorm(name: "bn2").Relu("relu2")
            .Conv(channels, 1, name: "conv3").BatchNorm(name: "bn3");
        GraphValue shortcut = stride == 1 && input.Channels == channels
            ? input
            : input.Within("downsample", layers => layers.Conv(channels, 1, stride, name: "0").BatchNorm(name: "1"));
        return (x + shortcut).Relu("relu3");
    }

    private static string IdOf(ResNetOptions options) => SettingChecks.IdOf(Name, ("resolution", options.Resolution?.ToString(CultureInfo.InvariantCulture)));
}
