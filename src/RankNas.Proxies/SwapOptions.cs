namespace RankNas.Proxies;

/// <summary>The settings of <see cref="RegularizedSwap"/>: the size of network that is wanted. Both count parameters by the thousand.</summary>
/// <remarks>
/// The paper chooses both by the size that a search is to find; they are no constants of the method. The defaults are for NATS-Bench's topology space, whose largest networks have 1.5 million
/// parameters: they favour large networks mildly, by a factor of at most 4. Set both for any other space.
/// </remarks>
public sealed record SwapOptions
{
    /// <summary>Gets μ, the wanted number of trainable parameters, in thousands; above 0.</summary>
    /// <value>The default is 1,500.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0, or not finite.</exception>
    public double Mu
    {
        get;
        init => field = Positive(value, nameof(Mu));
    } = 1_500;

    /// <summary>Gets σ, in thousands squared; above 0: a network that is √σ thousand parameters larger or smaller than wanted has its score divided by e.</summary>
    /// <value>The default is 1,500,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0, or not finite.</exception>
    public double Sigma
    {
        get;
        init => field = Positive(value, nameof(Sigma));
    } = 1_500_000;

    private static double Positive(double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}: it must be a number above 0.");
}
