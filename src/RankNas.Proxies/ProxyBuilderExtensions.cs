using RankNas.Proxies;

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
    /// <param name="form">Which form to score; by default that of live layers, which is defined for networks of all sizes.</param>
    public static TBuilder AddNoiseImmunity<TBuilder>(this TBuilder builder, NoiseImmunityForm form = NoiseImmunityForm.Live)
        where TBuilder : INasBuilder => Add(builder, new NoiseImmunity(form));

    /// <summary>Adds SWAP, <see cref="Swap"/>.</summary>
    /// <param name="builder">The builder.</param>
    public static TBuilder AddSwap<TBuilder>(this TBuilder builder)
        where TBuilder : INasBuilder => Add(builder, new Swap());

    /// <summary>Adds regularised SWAP, <see cref="RegularizedSwap"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The wanted size of network; the defaults, for NATS-Bench's topology space, if null.</param>
    public static TBuilder AddRegularizedSwap<TBuilder>(this TBuilder builder, SwapOptions? options = null)
        where TBuilder : INasBuilder => Add(builder, new RegularizedSwap(options));

    /// <summary>Adds NEAR, <see cref="Near"/>.</summary>
    /// <param name="builder">The builder.</param>
    public static TBuilder AddNear<TBuilder>(this TBuilder builder)
        where TBuilder : INasBuilder => Add(builder, new Near());

    /// <summary>Adds MeCo, <see cref="Meco"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="form">Which form to score.</param>
    public static TBuilder AddMeco<TBuilder>(this TBuilder builder, MecoForm form = MecoForm.Full)
        where TBuilder : INasBuilder => Add(builder, new Meco(form));

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

    /// <summary>Adds AZ-NAS's expressivity, <see cref="Expressivity"/>.</summary>
    /// <param name="builder">The builder.</param>
    public static TBuilder AddExpressivity<TBuilder>(this TBuilder builder)
        where TBuilder : INasBuilder => Add(builder, new Expressivity());

    /// <summary>Adds AZ-NAS's progressivity, <see cref="Progressivity"/>.</summary>
    /// <param name="builder">The builder.</param>
    public static TBuilder AddProgressivity<TBuilder>(this TBuilder builder)
        where TBuilder : INasBuilder => Add(builder, new Progressivity());

    /// <summary>Adds AZ-NAS's trainability, <see cref="Trainability"/>.</summary>
    /// <param name="builder">The builder.</param>
    public static TBuilder AddTrainability<TBuilder>(this TBuilder builder)
        where TBuilder : INasBuilder => Add(builder, new Trainability());

    /// <summary>Adds SNIP, <see cref="Snip"/>.</summary>
    /// <param name="builder">The builder.</param>
    public static TBuilder AddSnip<TBuilder>(this TBuilder builder)
        where TBuilder : INasBuilder => Add(builder, new Snip());

    /// <summary>Adds GraSP, <see cref="Grasp"/>.</summary>
    /// <param name="builder">The builder.</param>
    public static TBuilder AddGrasp<TBuilder>(this TBuilder builder)
        where TBuilder : INasBuilder => Add(builder, new Grasp());

    /// <summary>Adds Fisher, <see cref="Fisher"/>.</summary>
    /// <param name="builder">The builder.</param>
    public static TBuilder AddFisher<TBuilder>(this TBuilder builder)
        where TBuilder : INasBuilder => Add(builder, new Fisher());

    /// <summary>Adds the norm of the gradients, <see cref="GradientNorm"/>.</summary>
    /// <param name="builder">The builder.</param>
    public static TBuilder AddGradNorm<TBuilder>(this TBuilder builder)
        where TBuilder : INasBuilder => Add(builder, new GradientNorm());

    /// <summary>Adds the condition number of the neural tangent kernel, <see cref="NtkConditionNumber"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The settings; the defaults if null.</param>
    public static TBuilder AddNtk<TBuilder>(this TBuilder builder, NtkOptions? options = null)
        where TBuilder : INasBuilder => Add(builder, new NtkConditionNumber(options));

    /// <summary>Adds Jacov, <see cref="Jacov"/>.</summary>
    /// <param name="builder">The builder.</param>
    public static TBuilder AddJacov<TBuilder>(this TBuilder builder)
        where TBuilder : INasBuilder => Add(builder, new Jacov());

    /// <summary>Adds ZiCo, <see cref="Zico"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The settings; the defaults if null.</param>
    public static TBuilder AddZico<TBuilder>(this TBuilder builder, ZicoOptions? options = null)
        where TBuilder : INasBuilder => Add(builder, new Zico(options));

    /// <summary>Adds VKDNW, <see cref="Vkdnw"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="form">Which form to score.</param>
    /// <param name="options">The settings; the defaults if null.</param>
    public static TBuilder AddVkdnw<TBuilder>(this TBuilder builder, VkdnwForm form = VkdnwForm.Single, VkdnwOptions? options = null)
        where TBuilder : INasBuilder => Add(builder, new Vkdnw(form, options));

    /// <summary>Adds the number of parameters, <see cref="ParameterCount"/>.</summary>
    /// <param name="builder">The builder.</param>
    public static TBuilder AddParameterCount<TBuilder>(this TBuilder builder)
        where TBuilder : INasBuilder => Add(builder, new ParameterCount());

    /// <summary>Adds the number of multiply-accumulates, <see cref="MacCount"/>.</summary>
    /// <param name="builder">The builder.</param>
    public static TBuilder AddMacCount<TBuilder>(this TBuilder builder)
        where TBuilder : INasBuilder => Add(builder, new MacCount());

    private static TBuilder Add<TBuilder>(TBuilder builder, IZeroCostProxy proxy)
        where TBuilder : INasBuilder
    {
        builder.AddProxy(proxy);
        return builder;
    }
}
