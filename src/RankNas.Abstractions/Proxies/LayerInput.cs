using static TorchSharp.torch;

namespace RankNas;

/// <summary>The input of one or more layers, or a block's output, as a forward pass comes by.</summary>
/// <param name="Kind">The kind of the layers.</param>
/// <param name="Tensor">What goes into them, <c>[N, C, …]</c>; valid during the call only, and not to be changed.</param>
/// <param name="Uses">How many layers of the kind take this very input; each counts.</param>
/// <param name="IsStable">Whether the network promises not to overwrite the tensor later in the pass.</param>
public readonly record struct LayerInput(LayerKinds Kind, Tensor Tensor, int Uses, bool IsStable)
{
    /// <summary>Gets a handle that stays valid after the call, by a copy only where the network may overwrite the tensor.</summary>
    /// <returns>A tensor of no dispose scope: whoever keeps it disposes it.</returns>
    public Tensor Keep() => (IsStable ? Tensor.alias() : Tensor.clone()).DetachFromDisposeScope();
}
