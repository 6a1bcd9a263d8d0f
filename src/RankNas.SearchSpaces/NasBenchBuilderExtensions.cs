using RankNas.SearchSpaces;

namespace RankNas;

/// <summary>The spaces of NAS benchmarks on the builder.</summary>
public static class NasBenchBuilderExtensions
{
    /// <summary>Searches NAS-Bench-Macro.</summary>
    /// <param name="builder">The builder.</param>
    public static TBuilder UseNasBenchMacro<TBuilder>(this TBuilder builder)
        where TBuilder : INasBuilder
    {
        builder.UseSpace(new NasBenchMacroSpace());
        return builder;
    }

    /// <summary>Searches NAS-Bench-101.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The space's settings; the benchmark's own if null.</param>
    public static TBuilder UseNasBench101<TBuilder>(this TBuilder builder, NasBench101Options? options = null)
        where TBuilder : INasBuilder
    {
        builder.UseSpace(new NasBench101Space(options));
        return builder;
    }
}
