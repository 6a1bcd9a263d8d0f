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
}
