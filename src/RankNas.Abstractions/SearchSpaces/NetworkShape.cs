namespace RankNas;

/// <summary>What a network takes in and gives out: the images' shape and the number of classes.</summary>
public sealed record NetworkShape
{
    /// <summary>Gets the number of classes, which is the number of logits.</summary>
    /// <value>The default is 10.</value>
    public int Classes { get; init => field = AtLeastOne(value, nameof(Classes)); } = 10;

    /// <summary>Gets the number of channels of an image.</summary>
    /// <value>The default is 3.</value>
    public int Channels { get; init => field = AtLeastOne(value, nameof(Channels)); } = 3;

    /// <summary>Gets the height of an image in pixels.</summary>
    /// <value>The default is 32.</value>
    public int Height { get; init => field = AtLeastOne(value, nameof(Height)); } = 32;

    /// <summary>Gets the width of an image in pixels.</summary>
    /// <value>The default is 32.</value>
    public int Width { get; init => field = AtLeastOne(value, nameof(Width)); } = 32;

    private static int AtLeastOne(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }
}
