using System.Globalization;
using RankNas.Files;
using RankNas.Graphs;

namespace RankNas.SearchSpaces;

/// <summary>NAS-Bench-Macro: 6,561 networks of eight layers, each an identity or a block of MobileNetV2.</summary>
/// <remarks>
/// Written as eight digits, such as <c>01220112</c>, one for each layer: 0 is an identity, 1 a block with a 3×3 window that widens threefold, 2 one with a 5×5 window
/// that widens sixfold. The layers are in stages of 2, 3 and 3 with 64, 128 and 256 channels; the first of each stage halves the image, and an identity there is a 1×1 convolution.
/// Parameter names are those of the authors' program. Su et al., <em>Prioritized Architecture Sampling with Monto-Carlo Tree Search</em>, CVPR 2021.
/// </remarks>
public sealed class NasBenchMacroSpace : GenomeSearchSpace
{
    /// <summary>The name of the space.</summary>
    public const string Name = "macro";

    private const int Layers = 8;
    private const int StemChannels = 32;
    private const int LastChannels = 1280;
    private static readonly int[] FirstOfStages = [0, 2, 5];
    private static readonly (int Kernel, int Expansion)?[] Blocks = [null, (3, 3), (5, 6)];

    /// <summary>Initializes the space.</summary>
    public NasBenchMacroSpace()
        : base(Name, [.. Enumerable.Repeat(Blocks.Length, Layers)])
    {
    }

    /// <summary>Reads eight digits, each 0, 1 or 2.</summary>
    /// <inheritdoc/>
    public override Architecture Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string digits = text.Trim();
        if (digits.Length != Layers)
        {
            throw Malformed(text, $"it has {digits.Length} digits where there must be {Layers}; a table that reads them as numbers loses the first zeros");
        }

        return digits.AsSpan().IndexOfAnyExceptInRange('0', '2') is var odd and >= 0
            ? throw Malformed(text, $"'{ShownText.Of(digits[odd..(odd + 1)])}' is none of 0, 1, 2")
            : Create([.. digits.Select(digit => digit - '0')]);
    }

    /// <summary>Describes an architecture's network, with the parameter names of the authors' program.</summary>
    /// <inheritdoc/>
    public override NetworkGraph Describe(Architecture architecture, NetworkShape shape)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(shape);
        GraphValue x = Graph.Images(shape).Block("stem", images => images.Conv(StemChannels, 3, name: "0").BatchNorm(name: "1").Relu("2"), kind: "stem");
        for (int layer = 0; layer < Layers; layer++)
        {
            bool isFirst = FirstOfStages.Contains(layer);
            int channels = isFirst ? 2 * x.Channels : x.Channels;
            x = x.Block(
                string.Create(CultureInfo.InvariantCulture, $"features.{layer}"),
                input => Blocks[architecture.Genes[layer]] is var (kernel, expansion)
                    ? InvertedResidual(input, channels, kernel, expansion, stride: isFirst ? 2 : 1)
                    : Identity(input, channels, stride: isFirst ? 2 : 1));
        }

        return x.Within("out", last => last.Conv(LastChannels, 1, name: "0").BatchNorm(name: "1").Relu("2").GlobalAveragePool(name: "3"))
            .Linear(shape.Classes, name: "classifier").Build();
    }

    /// <inheritdoc/>
    protected override string Format(ReadOnlySpan<int> genes)
    {
        Span<char> digits = stackalloc char[Layers];
        for (int layer = 0; layer < Layers; layer++)
        {
            digits[layer] = (char)('0' + genes[layer]);
        }

        return digits.ToString();
    }

    private static GraphValue Identity(GraphValue input, int channels, int stride) => stride == 1
        ? input
        : input.Within("downsample", layers => layers.Conv(channels, 1, stride, name: "0").BatchNorm(name: "1"));

    private static GraphValue InvertedResidual(GraphValue input, int channels, int kernel, int expansion, int stride)
    {
        GraphValue output = input.Within("conv", layers => layers
            .Conv(input.Channels * expansion, 1, name: "0").BatchNorm(name: "1").Relu("2")
            .DepthwiseConv(kernel, stride, name: "3").BatchNorm(name: "4").Relu("5")
            .Conv(channels, 1, name: "6").BatchNorm(name: "7"));
        return stride == 1 ? output + input : output;
    }

    private static ArchitectureFormatException Malformed(string text, string reason) =>
        new($"'{ShownText.Of(text, ShownText.LineLength)}' is no architecture of {Name}: {reason}. Write for example '01220112'.");
}
