using static TorchSharp.torch;

namespace RankNas;

/// <summary>A network as a graph of steps, in the making.</summary>
public interface INetworkGraph
{
    /// <summary>Applies a module: one of TorchSharp's own, or one that describes itself.</summary>
    /// <param name="layer">The module, in evaluation mode whatever it is set to.</param>
    /// <param name="input">What it is called with.</param>
    /// <exception cref="NotSupportedException">It cannot be expressed; the message names it.</exception>
    OnnxValue Apply(nn.Module<Tensor, Tensor> layer, OnnxValue input);

    /// <summary>Applies a function element by element.</summary>
    /// <param name="operation">The function.</param>
    /// <param name="first">What it is applied to.</param>
    /// <param name="second">For a function of two, the other argument, of the same shape or with 1 in its place.</param>
    /// <exception cref="ArgumentException">The function takes another number of arguments, or their shapes do not fit.</exception>
    OnnxValue Apply(GraphFunction operation, OnnxValue first, OnnxValue? second = null);

    /// <summary>Joins values along the channels.</summary>
    /// <param name="values">One or more, alike but for their channels.</param>
    /// <exception cref="ArgumentException">There is none, or the shapes do not fit.</exception>
    OnnxValue Concatenate(params IReadOnlyList<OnnxValue> values);

    /// <summary>Makes features of images, <c>[C, H, W]</c> to <c>[C·H·W]</c>.</summary>
    /// <param name="value">The images.</param>
    OnnxValue Flatten(OnnxValue value);

    /// <summary>Makes zeros, one set for each image of the batch.</summary>
    /// <param name="shape">Their shape without the batch.</param>
    OnnxValue Zeros(params IReadOnlyList<long> shape);
}
