namespace RankNas.Proxies;

/// <summary>The settings of <see cref="Zico"/>.</summary>
public sealed record ZicoOptions
{
    /// <summary>Gets the number of mini-batches that the batch is divided into, at least 2; if there are fewer images, each is one.</summary>
    /// <remarks>The images keep their order; the sizes differ by one at most. All images are differentiated once, however many mini-batches there are.</remarks>
    /// <value>The default is 2, as in the authors' program.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 2.</exception>
    public int MiniBatches
    {
        get;
        init => field = value >= 2
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(MiniBatches), value, $"MiniBatches is {value}: it must be at least 2, for one gradient alone has no deviation.");
    } = 2;
}
