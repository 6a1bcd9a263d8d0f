namespace RankNas;

/// <summary>The built-in proxies on the builder.</summary>
public static class ProxyBuilderExtensions
{
    /// <summary>Adds NASWOT, <see cref="Naswot"/>.</summary>
    /// <param name="builder">The builder.</param>
    public static TBuilder AddNaswot<TBuilder>(this TBuilder builder)
        where TBuilder : INasBuilder => Add(builder, new Naswot());

    /// <summary>Adds noise immunity, <see cref="NoiseImmunity"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="form">Which form to score; by default the one whose ranks agree better with accuracies.</param>
    public static TBuilder AddNoiseImmunity<TBuilder>(this TBuilder builder, NoiseImmunityForm form = NoiseImmunityForm.Complexity)
        where TBuilder : INasBuilder => Add(builder, new NoiseImmunity(form));

    /// <summary>Adds LogSynFlow, <see cref="LogSynFlow"/>.</summary>
    /// <param name="builder">The builder.</param>
    public static TBuilder AddLogSynFlow<TBuilder>(this TBuilder builder)
        where TBuilder : INasBuilder => Add(builder, new LogSynFlow());

    /// <summary>Adds SynFlow, <see cref="SynFlow"/>.</summary>
    /// <param name="builder">The builder.</param>
    public static TBuilder AddSynFlow<TBuilder>(this TBuilder builder)
        where TBuilder : INasBuilder => Add(builder, new SynFlow());

    /// <summary>Adds skip-path depth, <see cref="SkipDepth"/>.</summary>
    /// <param name="builder">The builder.</param>
    public static TBuilder AddSkipDepth<TBuilder>(this TBuilder builder)
        where TBuilder : INasBuilder => Add(builder, new SkipDepth());

    private static TBuilder Add<TBuilder>(TBuilder builder, IZeroCostProxy proxy)
        where TBuilder : INasBuilder
    {
        builder.AddProxy(proxy);
        return builder;
    }
}
