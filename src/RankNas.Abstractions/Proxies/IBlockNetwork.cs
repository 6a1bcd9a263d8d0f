using static TorchSharp.torch;

namespace RankNas;

/// <summary>A network whose body is a row of blocks: each takes what the one before it gives, the first the images.</summary>
public interface IBlockNetwork
{
    /// <summary>Gets the blocks from the stem on, at least two, without the head that makes logits of features.</summary>
    /// <value>Modules of this network, each from features <c>[N, C, H, W]</c> to features.</value>
    IReadOnlyList<nn.Module<Tensor, Tensor>> Blocks { get; }
}
