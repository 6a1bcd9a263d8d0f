using RankNas.SearchSpaces;

namespace RankNas;

/// <summary>The spaces that people search on the builder.</summary>
public static class SpaceBuilderExtensions
{
    /// <summary>Searches DARTS's cells.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The space's settings; those of DARTS's search if null.</param>
    public static TBuilder UseDarts<TBuilder>(this TBuilder builder, DartsOptions? options = null)
        where TBuilder : INasBuilder
    {
        builder.UseSpace(new DartsSpace(options));
        return builder;
    }

    /// <summary>Searches mobile networks, for photos of your own.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The space's settings; every width and images of any size if null.</param>
    public static TBuilder UseMobileNet<TBuilder>(this TBuilder builder, MobileNetOptions? options = null)
        where TBuilder : INasBuilder
    {
        builder.UseSpace(new MobileNetSpace(options));
        return builder;
    }

    /// <summary>Searches residual networks.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The space's settings; images of any size if null.</param>
    public static TBuilder UseResNet<TBuilder>(this TBuilder builder, ResNetOptions? options = null)
        where TBuilder : INasBuilder
    {
        builder.UseSpace(new ResNetSpace(options));
        return builder;
    }

    /// <summary>Searches vision transformers.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The space's settings; patches of 4 and 8 pixels and images of any size if null.</param>
    public static TBuilder UseVisionTransformer<TBuilder>(this TBuilder builder, VisionTransformerOptions? options = null)
        where TBuilder : INasBuilder
    {
        builder.UseSpace(new VisionTransformerSpace(options));
        return builder;
    }
}
