namespace RankNas.Proxies;

/// <summary>The settings of <see cref="NtkConditionNumber"/>.</summary>
public sealed record NtkOptions
{
    /// <summary>Gets the number of images for the kernel, at least 2: the first of the batch, or all if there are fewer.</summary>
    /// <remarks>Each needs a backward pass, and memory for the gradients of all parameters.</remarks>
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
