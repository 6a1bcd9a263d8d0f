using RankNas.Kernels.Convolutions;
using RankNas.Kernels.Memory;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Kernels.Execution;

/// <summary>A convolution layer's weights as kernels read them, in float32.</summary>
internal sealed class LayerWeights : IDisposable
{
    private readonly Tensor _weight;
    private readonly Tensor? _bias;

    private LayerWeights(Tensor weight, Tensor? bias) => (_weight, _bias) = (weight, bias);

    /// <summary>Gets them.</summary>
    public ConvolutionWeights Values => new(TensorMemory.ValuesOf<float>(_weight), _bias is null ? [] : TensorMemory.ValuesOf<float>(_bias));

    /// <summary>Gets those of a layer.</summary>
    public static LayerWeights Of(Conv2d layer) => new(TensorMemory.ToFloat32(layer.weight!), layer.bias is { } bias ? TensorMemory.ToFloat32(bias) : null);

    public void Dispose()
    {
        _weight.Dispose();
        _bias?.Dispose();
    }
}
