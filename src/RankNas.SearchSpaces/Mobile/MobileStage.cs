using System.Collections.Immutable;
using RankNas.Graphs.Operations;

namespace RankNas.SearchSpaces.Mobile;

/// <summary>A stage of the mobile space as an architecture chooses it.</summary>
/// <param name="HasSqueeze">Whether its blocks squeeze and excite.</param>
/// <param name="Blocks">The kernel and the expansion of each block.</param>
internal sealed record MobileStage(bool HasSqueeze, ImmutableArray<(int Kernel, int Expansion)> Blocks)
{
    public const int LeastDepth = 2;
    public const int MostDepth = 4;
    public const int GenesOfStage = 2 + (2 * MostDepth);

    public static ImmutableArray<int> Kernels { get; } = [3, 5, 7];

    public static ImmutableArray<int> Expansions { get; } = [3, 4, 6];

    /// <summary>The channels at width 1, those of MobileNetV3-Large.</summary>
    public static ImmutableArray<int> Channels { get; } = [24, 40, 80, 112, 160];

    /// <summary>The activation of each stage, as in MobileNetV3.</summary>
    public static ImmutableArray<ActivationFunction> Activations { get; } =
        [ActivationFunction.Relu, ActivationFunction.Relu, ActivationFunction.HardSwish, ActivationFunction.HardSwish, ActivationFunction.HardSwish];

    public static int Count => Channels.Length;

    public static IEnumerable<int> Alleles =>
        [MostDepth - LeastDepth + 1, 2, .. Enumerable.Range(0, MostDepth).SelectMany(_ => (int[])[Kernels.Length, Expansions.Length])];

    public static MobileStage Decode(ReadOnlySpan<int> genes)
    {
        var blocks = ImmutableArray.CreateBuilder<(int, int)>();
        for (int block = 0; block < DepthOf(genes); block++)
        {
            blocks.Add((Kernels[genes[2 + (2 * block)]], Expansions[genes[3 + (2 * block)]]));
        }

        return new MobileStage(genes[1] != 0, blocks.ToImmutable());
    }

    public int[] Encode()
    {
        int[] genes = new int[GenesOfStage];
        (genes[0], genes[1]) = (Blocks.Length - LeastDepth, HasSqueeze ? 1 : 0);
        foreach ((int block, (int kernel, int expansion)) in Blocks.Index())
        {
            (genes[2 + (2 * block)], genes[3 + (2 * block)]) = (Kernels.IndexOf(kernel), Expansions.IndexOf(expansion));
        }

        return genes;
    }

    public static void Normalize(Span<int> genes) => genes[(2 + (2 * DepthOf(genes)))..GenesOfStage].Clear();

    private static int DepthOf(ReadOnlySpan<int> genes) => genes[0] + LeastDepth;
}
