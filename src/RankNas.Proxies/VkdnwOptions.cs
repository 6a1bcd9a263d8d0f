namespace RankNas.Proxies;

/// <summary>The settings of <see cref="Vkdnw"/>.</summary>
public sealed record VkdnwOptions
{
    /// <summary>Gets how many weights of each layer the Fisher matrix is of, at least 1; all, if a layer has fewer.</summary>
    /// <remarks>
    /// Of a layer with n weights those at the places ⌊j·n/<see cref="WeightsPerLayer"/>⌋, j from 0, counted in row-major order. More than about
    /// N·(C − 1) in all make deciles of 0, N the images and C the classes.
    /// </remarks>
    /// <value>The default is 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int WeightsPerLayer
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(WeightsPerLayer), value, $"WeightsPerLayer is {value}: it must be at least 1, for no weight alone has no information.");
    } = 1;
}
