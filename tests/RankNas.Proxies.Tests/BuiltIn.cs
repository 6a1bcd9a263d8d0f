namespace RankNas.Proxies.Tests;

/// <summary>Every built-in proxy, as it comes.</summary>
internal static class BuiltIn
{
    /// <summary>Gets those that differentiate.</summary>
    public static IReadOnlyList<IZeroCostProxy> Gradients { get; } =
    [
        new Snip(), new Grasp(), new Fisher(), new GradientNorm(), new NtkConditionNumber(), new Jacov(), new Zico(), new Vkdnw(), new Vkdnw(VkdnwForm.Entropy),
    ];

    /// <summary>Gets those that use labels.</summary>
    public static IReadOnlyList<IZeroCostProxy> Labelled { get; } = [.. Gradients.Where(proxy => proxy is not (NtkConditionNumber or Jacov or Vkdnw))];

    public static IReadOnlyList<IZeroCostProxy> All { get; } =
    [
        new Naswot(), new NoiseImmunity(NoiseImmunityForm.Eta), new NoiseImmunity(NoiseImmunityForm.Complexity),
        new NoiseImmunity(NoiseImmunityForm.Log1p), new NoiseImmunity(NoiseImmunityForm.Live),
        new Swap(), new RegularizedSwap(new SwapOptions { Mu = 5, Sigma = 1_000 }), new Near(), new Meco(), new Meco(MecoForm.Optimized), new LogSynFlow(), new SynFlow(),
        .. Gradients, new ParameterCount(), new MacCount(),
    ];

    public static IZeroCostProxy Proxy(string id) => All.Single(proxy => proxy.Id == id);
}
