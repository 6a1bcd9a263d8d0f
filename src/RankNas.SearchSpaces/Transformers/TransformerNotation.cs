using System.Collections.Immutable;
using System.Globalization;
using RankNas.Files;

namespace RankNas.SearchSpaces.Transformers;

/// <summary>Vision transformers as text: <c>patch=4,embedding=192,layers=h3m3.5-h4m4-…</c>, with the heads and the MLP ratio of each layer.</summary>
internal static class TransformerNotation
{
    public const int LeastDepth = 12;
    public const int MostDepth = 14;

    public static ImmutableArray<int> Embeddings { get; } = [192, 216, 240];

    public static ImmutableArray<int> Heads { get; } = [3, 4];

    public static ImmutableArray<double> Ratios { get; } = [3.5, 4];

    public static string Format(int patch, int embedding, IEnumerable<(int Heads, double Ratio)> layers) => string.Create(
        CultureInfo.InvariantCulture,
        $"patch={patch},embedding={embedding},layers={string.Join('-', layers.Select(layer => string.Create(CultureInfo.InvariantCulture, $"h{layer.Heads}m{layer.Ratio}")))}");

    /// <summary>Reads the genes: those of the patch and the embedding, and two for each layer.</summary>
    /// <exception cref="ArchitectureFormatException">The text is no architecture.</exception>
    public static (int Patch, int Embedding, ImmutableArray<(int Heads, int Ratio)> Layers) Parse(string text, ImmutableArray<int> patches, string space, string example)
    {
        string[] parts = text.Trim().Split(',', StringSplitOptions.TrimEntries);
        if (parts is not [var patch, var embedding, var layers])
        {
            throw Malformed($"it has {parts.Length} parts joined by ',' where there must be three: patch, embedding and layers");
        }

        string[] each = ValueOf(layers, "layers").Split('-');
        return each.Length is >= LeastDepth and <= MostDepth
            ? (Among(patch, "patch", patches), Among(embedding, "embedding", Embeddings), [.. each.Select(ParseLayer)])
            : throw Malformed($"it has {each.Length} layers, and transformers of the space have {LeastDepth} to {MostDepth}");

        string ValueOf(string part, string name) => part.Split('=') is [var found, var value] && found.Trim() == name
            ? value.Trim()
            : throw Malformed($"'{ShownText.Of(part)}' should be {name}=…");

        int Among(string part, string name, ImmutableArray<int> values)
        {
            string value = ValueOf(part, name);
            return IndexOf(values, value) is var index and >= 0
                ? index
                : throw Malformed($"{name} is '{ShownText.Of(value)}', and must be one of {string.Join(", ", values)}");
        }

        (int Heads, int Ratio) ParseLayer(string layer) => layer is ['h', var heads, 'm', .. var ratio]
            && Heads.IndexOf(heads - '0') is var chosen and >= 0
            && IndexOf(Ratios, ratio) is var wide and >= 0
                ? (chosen, wide)
                : throw Malformed($"'{ShownText.Of(layer)}' is no layer: h is one of {string.Join(", ", Heads)}, m one of {string.Join(", ", Ratios.Select(one => one.ToString(CultureInfo.InvariantCulture)))}");

        ArchitectureFormatException Malformed(string reason) =>
            new($"'{ShownText.Of(text, ShownText.LineLength)}' is no architecture of {space}: {reason}. Write for example '{example}'.");
    }

    private static int IndexOf<T>(ImmutableArray<T> values, string text)
        where T : IFormattable => values.Select(value => value.ToString(null, CultureInfo.InvariantCulture)).ToImmutableArray().IndexOf(text);
}
