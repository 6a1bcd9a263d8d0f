using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Kernels.Convolutions;
using RankNas.Kernels.Memory;
using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Kernels.Execution;

/// <summary>A convolution's weights as kernels read them, in float32.</summary>
internal sealed class LayerWeights : IDisposable
{
    private readonly Tensor _weight;
    private readonly Tensor? _bias;

    private LayerWeights(Tensor weight, Tensor? bias) => (_weight, _bias) = (weight, bias);

    /// <summary>Gets them.</summary>
    public ConvolutionWeights Values => new(TensorMemory.ValuesOf<float>(_weight), _bias is null ? [] : TensorMemory.ValuesOf<float>(_bias));

    /// <summary>Gets those of a convolution.</summary>
    /// <param name="network">The network.</param>
    /// <param name="node">The convolution.</param>
    public static LayerWeights Of(IGraphNetwork network, GraphNode node) => new(
        TensorMemory.ToFloat32(network.Weight($"{node.Name}.weight")),
        ((ConvolutionOperation)node.Operation).HasBias ? TensorMemory.ToFloat32(network.Weight($"{node.Name}.bias")) : null);

    public void Dispose()
    {
        _weight.Dispose();
        _bias?.Dispose();
    }
}
