using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using RankNas.Graphs;
using RankNas.SearchSpaces.Transformers;

namespace RankNas.SearchSpaces;

/// <summary>Vision transformers in the ranges of AutoFormer-tiny: embedding, depth, and for each layer heads and MLP ratio; and the patch size.</summary>
/// <remarks>
/// Written <c>patch=4,embedding=192,layers=h3m3.5-h4m4-…</c>: 12 to 14 layers, each with 3 or 4 heads of 64 features and an MLP 3.5 or 4 times as wide as the embedding of 192, 216 or 240.
/// Layers normalise before attention and before the MLP (GELU); a class token gives the logits. Position embeddings are absolute; AutoFormer's relative ones are left out. A sample is uniform over
/// depths, and for each depth over the rest. Chen et al., <em>AutoFormer: Searching Transformers for Visual Recognition</em>, ICCV 2021.
/// </remarks>
public sealed class VisionTransformerSpace : GenomeSearchSpace
{
    /// <summary>The name of the space with its default settings.</summary>
    public const string Name = "vit";

    private const int FeaturesOfHead = 64;
    private const int GenesBefore = 3;

    private readonly VisionTransformerOptions _options;

    /// <summary>Initializes the space.</summary>
    /// <param name="options">The settings; patches of 4 and 8 pixels and images of any size if null.</param>
    public VisionTransformerSpace(VisionTransformerOptions? options = null)
        : base(
            IdOf(options ??= new VisionTransformerOptions()),
            [
                options.Patches.Length, TransformerNotation.Embeddings.Length, TransformerNotation.MostDepth - TransformerNotation.LeastDepth + 1,
                .. Enumerable.Range(0, TransformerNotation.MostDepth).SelectMany(_ => (int[])[TransformerNotation.Heads.Length, TransformerNotation.Ratios.Length]),
            ])
    {
        _options = options;
        if (options.Resolution is { } side && options.Patches.FirstOrDefault(patch => side % patch != 0) is > 0 and int patch)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Patches of {patch} pixels do not divide images of {side}: take patch sizes that do."), nameof(options));
        }
    }

    /// <inheritdoc/>
    public override BigInteger Count => _options.Patches.Length * TransformerNotation.Embeddings.Length
        * Enumerable.Range(TransformerNotation.LeastDepth, TransformerNotation.MostDepth - TransformerNotation.LeastDepth + 1)
            .Aggregate(BigInteger.Zero, (sum, depth) => sum + BigInteger.Pow(TransformerNotation.Heads.Length * TransformerNotation.Ratios.Length, depth));

    /// <inheritdoc/>
    public override Size2D? ImageSize => _options.Resolution;

    /// <summary>Reads the patch size, the embedding and the layers.</summary>
    /// <inheritdoc/>
    public override Architecture Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        (int patch, int embedding, ImmutableArray<(int Heads, int Ratio)> layers) =
            TransformerNotation.Parse(text, _options.Patches, Id, Create(new int[Alleles.Length]).Text);
        int[] genes = new int[Alleles.Length];
        (genes[0], genes[1], genes[2]) = (patch, embedding, layers.Length - TransformerNotation.LeastDepth);
        foreach ((int layer, (int heads, int ratio)) in layers.Index())
        {
            (genes[GenesBefore + (2 * layer)], genes[GenesBefore + (2 * layer) + 1]) = (heads, ratio);
        }

        return Create(genes);
    }

    /// <summary>Describes an architecture's network. Height and width are multiples of the patch size.</summary>
    /// <inheritdoc/>
    /// <exception cref="GraphException">The images' height or width is no multiple of the patch size.</exception>
    public override NetworkGraph Describe(Architecture architecture, NetworkShape shape)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(shape);
        (int patch, int embedding) = (_options.Patches[architecture.Genes[0]], TransformerNotation.Embeddings[architecture.Genes[1]]);
        if (shape.Height % patch != 0 || shape.Width % patch != 0)
        {
            throw new GraphException($"{Id} cuts images into patches of {patch}x{patch}, and {shape.Height}x{shape.Width} is no multiple of it: resize the images, or take other patch sizes.");
        }

        GraphValue x = Graph.Images(shape).Block("patches", images => Patches(images, patch, embedding), kind: "stem");
        foreach ((int index, (int heads, double ratio)) in LayersOf(architecture.Genes.AsSpan()).Index())
        {
            x = x.Block(
                string.Create(CultureInfo.InvariantCulture, $"layers.{index}"),
                input => Perceptron(Attention(input, heads), (int)(ratio * embedding)),
                "transformer layer");
        }

        return x.LayerNorm(name: "norm").Slice(0, 0, 1).Reshape(embedding).Linear(shape.Classes, name: "head").Build();
    }

    /// <inheritdoc/>
    protected override void Normalize(Span<int> genes) => genes[(GenesBefore + (2 * (genes[2] + TransformerNotation.LeastDepth)))..].Clear();

    /// <inheritdoc/>
    protected override string Format(ReadOnlySpan<int> genes) =>
        TransformerNotation.Format(_options.Patches[genes[0]], TransformerNotation.Embeddings[genes[1]], LayersOf(genes));

    private static (int Heads, double Ratio)[] LayersOf(ReadOnlySpan<int> genes)
    {
        var layers = new (int, double)[genes[2] + TransformerNotation.LeastDepth];
        for (int layer = 0; layer < layers.Length; layer++)
        {
            layers[layer] = (TransformerNotation.Heads[genes[GenesBefore + (2 * layer)]], TransformerNotation.Ratios[genes[GenesBefore + (2 * layer) + 1]]);
        }

        return layers;
    }

    private static GraphValue Patches(GraphValue images, int patch, int embedding)
    {
        GraphValue patches = images.Conv(embedding, patch, patch, padding: 0, bias: true, name: "proj");
        return patches.Reshape(embedding, patches.Shape[1] * patches.Shape[2]).Transpose(1, 0).ClassToken("cls_token").PositionEmbedding("pos_embed");
    }

    // Each head: softmax(q·kᵀ / √64)·v.
    private static GraphValue Attention(GraphValue x, int heads)
    {
        int tokens = x.Shape[0];
        return x + x.Within("attn", input =>
        {
            GraphValue qkv = input.LayerNorm(name: "norm").Linear(3 * heads * FeaturesOfHead, name: "qkv").Reshape(tokens, 3 * heads, FeaturesOfHead).Transpose(1, 0, 2);
            GraphValue q = qkv.Slice(0, 0, heads), k = qkv.Slice(0, heads, heads), v = qkv.Slice(0, 2 * heads, heads);
            GraphValue weights = q.MatrixProduct(k.Transpose(0, 2, 1)).Scale(1 / Math.Sqrt(FeaturesOfHead)).Softmax();
            return weights.MatrixProduct(v).Transpose(1, 0, 2).Reshape(tokens, heads * FeaturesOfHead).Linear(x.Channels, name: "proj");
        });
    }

    private static GraphValue Perceptron(GraphValue x, int wide) =>
        x + x.Within("mlp", input => input.LayerNorm(name: "norm").Linear(wide, name: "fc1").Gelu("act").Linear(x.Channels, name: "fc2"));

    private static string IdOf(VisionTransformerOptions options) => SettingChecks.IdOf(
        Name, ("patch", SettingChecks.TextOf(options.Patches, new VisionTransformerOptions().Patches)), ("resolution", options.Resolution?.ToString(CultureInfo.InvariantCulture)));
}
