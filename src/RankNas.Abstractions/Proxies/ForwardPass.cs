namespace RankNas.Proxies;

/// <summary>Which images a forward pass runs on.</summary>
public enum ForwardPass
{
    /// <summary>The images as they are: X.</summary>
    Clean,

    /// <summary>The images plus noise: X′ = X + z.</summary>
    Noisy,
}
