using System.Collections.Immutable;

namespace RankNas;

/// <summary>How a network is exported to ONNX.</summary>
public sealed record OnnxOptions
{
    /// <summary>The oldest set of operators that can be written.</summary>
    public const int OldestOpset = 15;

    /// <summary>The newest set of operators that can be written.</summary>
    public const int NewestOpset = 21;

    /// <summary>Gets the version of ONNX's set of operators, from 15 to 21.</summary>
    /// <value>The default is 17, which runtimes have had since 2022.</value>
    public int Opset { get; init => field = InRange(value, OldestOpset, NewestOpset, nameof(Opset)); } = 17;

    /// <summary>Gets whether a BatchNorm after a convolution becomes part of the convolution's weights: the same figures in fewer steps.</summary>
    /// <value>The default is to fold.</value>
    public bool FoldBatchNorm { get; init; } = true;

    /// <summary>Gets the number of images that the model takes at a time, from 1; null for any number.</summary>
    /// <value>The default is any number.</value>
    public int? BatchSize { get; init => field = value is { } size ? InRange(size, 1, int.MaxValue, nameof(BatchSize)) : null; }

    /// <summary>Gets the channels of the images, from 1.</summary>
    /// <value>The default is 3.</value>
    public int Channels { get; init => field = InRange(value, 1, int.MaxValue, nameof(Channels)); } = 3;

    /// <summary>Gets the height of the images in pixels, from 1.</summary>
    /// <value>The default is 32.</value>
    public int Height { get; init => field = InRange(value, 1, int.MaxValue, nameof(Height)); } = 32;

    /// <summary>Gets the width of the images in pixels, from 1.</summary>
    /// <value>The default is 32.</value>
    public int Width { get; init => field = InRange(value, 1, int.MaxValue, nameof(Width)); } = 32;

    /// <summary>Gets the name of the model's input.</summary>
    /// <value>The default is <c>images</c>.</value>
    public string InputName { get; init => field = NotBlank(value, nameof(InputName)); } = "images";

    /// <summary>Gets the name of the model's output.</summary>
    /// <value>The default is <c>logits</c>.</value>
    public string OutputName { get; init => field = NotBlank(value, nameof(OutputName)); } = "logits";

    /// <summary>Gets what else the model says of itself, such as the architecture.</summary>
    /// <value>The default is nothing.</value>
    public ImmutableDictionary<string, string> Metadata { get; init; } = ImmutableDictionary<string, string>.Empty;

    private static int InRange(int value, int smallest, int largest, string name) => value >= smallest && value <= largest
        ? value
        : throw new ArgumentOutOfRangeException(
            name, value, $"{name} is {value}: it must be {(largest == int.MaxValue ? $"at least {smallest}" : $"from {smallest} to {largest}")}.");

    private static string NotBlank(string value, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        return value;
    }
}
