using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Tests;

/// <summary>A network of given blocks, and a mean over the pixels as its head.</summary>
internal sealed class Row : nn.Module<Tensor, Tensor>, IBlockNetwork
{
    public Row(params nn.Module<Tensor, Tensor>[] blocks)
        : base(nameof(Row))
    {
        Blocks = blocks;
        for (int block = 0; block < blocks.Length; block++)
        {
            register_module($"block{block}", blocks[block]);
        }
    }

    public IReadOnlyList<nn.Module<Tensor, Tensor>> Blocks { get; }

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        return Blocks.Aggregate(input, (features, block) => block.call(features)).mean([2, 3]).MoveToOuterDisposeScope();
    }
}
