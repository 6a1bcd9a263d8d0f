namespace RankNas.Proxies;

/// <summary>The settings of <see cref="NtkConditionNumber"/>.</summary>
public sealed record NtkOptions
{
    /// <summary>Gets how many images the kernel is computed for, at least 2: the first of the batch, or all where there are fewer.</summary>
    /// <remarks>Each takes a backward pass, and memory for a gradient by every parameter.</remarks>
    /// <value>The default is 16.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 2.</exception>
    public int Images
    {
        get;
        init => field = value >= 2
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Images), value, $"Images is {value}: it must be at least 2, for one image alone has no condition number.");
    } = 16;
}
