using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>A pass of synaptic flow: collects each layer's absolute weight, and keeps activations in range.</summary>
internal sealed class FlowPass
{
    private readonly List<Tensor> _weights = [];

    /// <summary>Gets the absolute weights of the layers passed, as leaves that gradients are taken by.</summary>
    public IReadOnlyList<Tensor> Weights => _weights;

    /// <summary>Gets the power of two that everything has been divided by.</summary>
    public double Log2Scale { get; private set; }

    public Tensor Convolve(Tensor input, Conv2d layer) =>
        LayerMath.Convolve(input, AbsoluteWeight(layer.weight!, input.dtype), layer);

    public Tensor Multiply(Tensor input, Linear layer) => nn.functional.linear(input, AbsoluteWeight(layer.weight!, input.dtype));

    /// <summary>Divides by a power of two, which is exact. Every path leads through here, so all gradients share the factor.</summary>
    public Tensor Rescale(Tensor features)
    {
        double largest = features.detach().max().to(ScalarType.Float64).item<double>();
        if (largest is 0 || !double.IsFinite(largest))
        {
            return features;
        }

        int exponent = Math.ILogB(largest);
        Log2Scale += exponent;
        return features.Times(Math.ScaleB(1, -exponent));
    }

    private Tensor AbsoluteWeight(Parameter weight, ScalarType format)
    {
        Tensor absolute = weight.detach().abs().to(format).requires_grad_(true);
        _weights.Add(absolute);
        return absolute;
    }
}
