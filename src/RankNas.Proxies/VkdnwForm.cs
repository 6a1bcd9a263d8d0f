namespace RankNas.Proxies;

/// <summary>The forms of <see cref="Vkdnw"/>.</summary>
public enum VkdnwForm
{
    /// <summary>The number of layers with weights plus the entropy, <c>vkdnw</c>: VKDNW_single of the paper.</summary>
    Single,

    /// <summary>The entropy alone, <c>vkdnw-entropy</c>, which does not tell small networks from large ones.</summary>
    Entropy,
}
