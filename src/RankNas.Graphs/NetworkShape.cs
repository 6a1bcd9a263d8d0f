using System.Globalization;

namespace RankNas.Graphs;

/// <summary>The input and output of a network: the shape of the images and the number of classes.</summary>
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

    private static int Within(int value, int most, string name) => value >= 1 && value <= most
        ? value
        : throw new ArgumentOutOfRangeException(
            name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}: it must be from 1 to {most:N0}."));
}
