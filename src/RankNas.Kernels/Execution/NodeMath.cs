using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Kernels.Execution;

/// <summary>The operations of a graph's network, each by a kernel of our own where one suits, else by libtorch.</summary>
internal sealed class NodeMath(IGraphNetwork network, PassMemory memory)
{
    private readonly ConvolutionMath _convolutions = new(network, memory);
    private readonly SumMath _sums = new(network, memory);
    private readonly PoolingMath _poolings = new(memory);

    /// <summary>Computes an operation.</summary>
    /// <param name="node">The operation, no sum of images and no BatchNorm.</param>
    /// <param name="inputs">What it reads; it stays the caller's.</param>
    /// <param name="images">The batch.</param>
    public PassValue Compute(GraphNode node, PassValue[] inputs, Tensor images) => node.Operation switch
    {
        ConvolutionOperation => _convolutions.Convolve(node, inputs[0]),
        PoolingOperation pooling => new PassValue(_poolings.TryPool(pooling, inputs[0]) ?? ByLibtorch(node, inputs, images)),
        GlobalPoolingOperation pooling => new PassValue(_poolings.TryPool(pooling, inputs[0]) ?? ByLibtorch(node, inputs, images)),
        _ => new PassValue(ByLibtorch(node, inputs, images)),
    };

    /// <summary>Adds and normalises.</summary>
    /// <param name="step">What.</param>
    /// <param name="values">The values; those that are written over are taken away.</param>
    public PassValue Sum(SumStep step, PassValue?[] values) => _sums.Sum(step, values);

    /// <summary>Normalises as what is normalised is read, where that can be, else at once.</summary>
    /// <param name="step">What.</param>
    /// <param name="values">The values; the one that is written over is taken away.</param>
    public PassValue Normalize(NormalizeStep step, PassValue?[] values) => _sums.Normalize(step, values);

    /// <summary>Leaves a 1×1 convolution to its reader; null where it must be computed now.</summary>
    /// <param name="node">The convolution.</param>
    /// <param name="input">What goes in.</param>
    public PassValue? TryPostpone(GraphNode node, PassValue input) => _convolutions.TryPostpone(node, input);

    private Tensor ByLibtorch(GraphNode node, PassValue[] inputs, Tensor images) =>
        network.Compute(node, [.. inputs.Select(input => input.Written.Value)], images);
}
