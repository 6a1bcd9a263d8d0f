using System.Collections.Immutable;
using System.Globalization;
using RankNas.Graphs;
using RankNas.Images;
using RankNas.Ranking;

namespace RankNas.Onnx;

/// <summary>The options of an export to ONNX.</summary>
public sealed record OnnxOptions
{
    /// <summary>The oldest supported opset.</summary>
    public const int OldestOpset = 15;

    /// <summary>The newest supported opset.</summary>
    public const int NewestOpset = 21;

    /// <summary>Gets the ONNX opset version, from 15 to 21.</summary>
    /// <value>The default is 17, which runtimes have had since 2022.</value>
    public int Opset { get; init => field = InRange(value, OldestOpset, NewestOpset, nameof(Opset)); } = 17;

    /// <summary>Gets whether BatchNorm is folded into the convolution before it: the same output, fewer operations.</summary>
    /// <value>The default is to fold.</value>
    public bool FoldBatchNorm { get; init; } = true;

    /// <summary>Gets the batch size of the model, from 1; null for any.</summary>
    /// <value>The default is any batch size.</value>
    public int? BatchSize { get; init => field = value is { } size ? InRange(size, 1, int.MaxValue, nameof(BatchSize)) : null; }

    /// <summary>Gets the normalisation of the images that the network was trained or scored with, for the model's metadata.</summary>
    /// <value>The default is that of a candidate's images if known, else unknown.</value>
    public ImageNormalization? Normalization { get; init; }

    /// <summary>Gets whether the model normalises the images itself, as <see cref="Normalization"/> says, and takes pixels from 0 to 1.</summary>
    /// <value>The default is not to: the model takes normalised images.</value>
    public bool IncludeNormalization { get; init; }

    /// <summary>Gets the name of the model's input.</summary>
    /// <value>The default is <c>images</c>.</value>
    public string InputName { get; init => field = NotBlank(value, nameof(InputName)); } = "images";

    /// <summary>Gets the name of the model's output.</summary>
    /// <value>The default is <c>logits</c>.</value>
    public string OutputName { get; init => field = NotBlank(value, nameof(OutputName)); } = "logits";

    /// <summary>Gets additional metadata, such as how the model was trained.</summary>
    /// <value>The default is nothing.</value>
    public ImmutableDictionary<string, string> Metadata { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Adds what a candidate knows and these options leave open.</summary>
    internal OnnxOptions For(SearchResult result, ScoredArchitecture candidate) => this with
    {
        Normalization = Normalization ?? result.Images.Normalization,
        Metadata = new Dictionary<string, string> { ["space"] = result.Space, ["architecture"] = candidate.Architecture.Text }
            .ToImmutableDictionary().SetItems(Metadata),
    };

    /// <exception cref="ArgumentException">These options cannot be for these images.</exception>
    internal void ThrowIfUnfit(NetworkShape shape)
    {
        if (InputName == OutputName)
        {
            throw new ArgumentException($"The input and the output are both called '{InputName}': give them different names.");
        }

        if (IncludeNormalization && Normalization is null)
        {
            throw new ArgumentException(
                $"{nameof(IncludeNormalization)} needs the images' mean and standard deviation, which are not known: set {nameof(Normalization)} too.");
        }

        if (Normalization is { } known && known.Mean.Length != shape.Channels)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{nameof(Normalization)} has {known.Mean.Length} channels, but the images have {shape.Channels}."));
        }
    }

    private static int InRange(int value, int smallest, int largest, string name) => value >= smallest && value <= largest
        ? value
        : throw new ArgumentOutOfRangeException(name, string.Create(
            CultureInfo.InvariantCulture, $"{name} is {value}: it must be {(largest == int.MaxValue ? $"at least {smallest}" : $"from {smallest} to {largest}")}."));

    private static string NotBlank(string value, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        return value;
    }
}
