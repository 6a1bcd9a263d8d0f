using RankNas.Graphs;
using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Blocks;

/// <summary>Networks of given blocks, and a mean over the pixels and a linear layer as their head.</summary>
internal static class Row
{
    /// <summary>Makes the module of a row of blocks for square images, with weights from a seed.</summary>
    public static GraphModule Of(int channels, int side, params Func<GraphValue, GraphValue>[] blocks)
    {
        GraphValue x = Graph.Images(new NetworkShape { Channels = channels, Height = side, Width = side });
        for (int block = 0; block < blocks.Length; block++)
        {
            x = x.Block($"block{block}", blocks[block]);
        }

        return x.GlobalAveragePool().Linear(10).Build().ToModule(seed: 3);
    }

    /// <summary>A block that multiplies the channels of each pixel by a matrix, which <see cref="Set"/> sets.</summary>
    public static Func<GraphValue, GraphValue> Pointwise(long channels) => x => x.Conv((int)channels, 1, name: "matrix");

    /// <summary>Sets the matrix of a block.</summary>
    public static GraphModule Set(this GraphModule network, int block, Tensor matrix)
    {
        using IDisposable guard = no_grad();
        network.get_parameter($"block{block}.matrix.weight")!.copy_(matrix.view(matrix.shape[0], matrix.shape[1], 1, 1));
        return network;
    }
}
