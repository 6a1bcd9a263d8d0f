using System.Collections.Immutable;
using System.Globalization;

namespace RankNas.Graphs;

/// <summary>The input and output of a network: the shape of the images and the number of classes. Rows of tables and sequences take the place of images by <see cref="OfRows"/> and <see cref="OfSequences"/>.</summary>
public sealed record NetworkShape
{
    private const int MostClasses = 1_000_000;
    private const int MostOfAnImage = 65_536;

    /// <summary>Gets the number of classes, which is the number of logits, from 1 to 1,000,000.</summary>
    /// <value>The default is 10.</value>
    public int Classes { get; init => field = Within(value, MostClasses, nameof(Classes)); } = 10;

    /// <summary>Gets the number of channels of an image, from 1 to 65,536.</summary>
    /// <value>The default is 3.</value>
    public int Channels { get; init => field = Within(value, MostOfAnImage, nameof(Channels)); } = 3;

    /// <summary>Gets the height of an image in pixels, from 1 to 65,536.</summary>
    /// <value>The default is 32.</value>
    public int Height { get; init => field = Within(value, MostOfAnImage, nameof(Height)); } = 32;

    /// <summary>Gets the width of an image in pixels, from 1 to 65,536.</summary>
    /// <value>The default is 32.</value>
    public int Width { get; init => field = Within(value, MostOfAnImage, nameof(Width)); } = 32;

    /// <summary>Gets the number of dimensions of one input, without the batch: 3 for images, 2 for sequences, 1 for rows of a table.</summary>
    public int Rank { get; private init; } = 3;

    /// <summary>Gets the shape of one input, without the batch: <c>[C, H, W]</c> of an image, <c>[T, F]</c> of a sequence, <c>[F]</c> of a row.</summary>
    public ImmutableArray<int> Input => Rank switch
    {
        1 => [Channels],
        2 => [Height, Channels],
        _ => [Channels, Height, Width],
    };

    /// <summary>Gets the shape for rows of a table, <c>[F]</c>: the features are <see cref="Channels"/>.</summary>
    /// <param name="features">The number of features, from 1 to 65,536.</param>
    /// <param name="classes">The number of classes, from 1 to 1,000,000.</param>
    public static NetworkShape OfRows(int features, int classes) => new() { Rank = 1, Channels = features, Height = 1, Width = 1, Classes = classes };

    /// <summary>Gets the shape for sequences, <c>[T, F]</c>: the features are <see cref="Channels"/>, the length is <see cref="Height"/>.</summary>
    /// <param name="length">The number of steps, from 1 to 65,536.</param>
    /// <param name="features">The number of features of each step, from 1 to 65,536.</param>
    /// <param name="classes">The number of classes, from 1 to 1,000,000.</param>
    public static NetworkShape OfSequences(int length, int features, int classes) => new() { Rank = 2, Channels = features, Height = length, Width = 1, Classes = classes };

    /// <summary>Writes the shape of one input, such as <c>3x32x32</c>.</summary>
    public string InputText => string.Join('x', Input.Select(size => size.ToString(CultureInfo.InvariantCulture)));

    private static int Within(int value, int most, string name) => value >= 1 && value <= most
        ? value
        : throw new ArgumentOutOfRangeException(
            name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}: it must be from 1 to {most:N0}."));
}
