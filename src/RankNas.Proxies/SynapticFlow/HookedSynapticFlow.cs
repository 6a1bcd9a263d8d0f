using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>Synaptic flow through any network, by hooks that put a layer's linear and positive output in place of its own.</summary>
/// <remarks>No weight is touched: each layer first runs as it is, on a copy of its input in its own number format, for nothing.</remarks>
internal sealed class HookedSynapticFlow : IDisposable
{
    private readonly Dictionary<nn.Module, Tensor> _weights = [];
    private readonly Dictionary<nn.Module, Tensor> _inputs = [];
    private readonly List<Action> _removals = [];

    private HookedSynapticFlow()
    {
    }

    public static SynapticFlow Compute(nn.Module<Tensor, Tensor> network, Tensor image)
    {
        // Gradients are taken in float64, which is safe beside passes in float32; the layers' own passes are as any.
        using IDisposable excluded = GradientPasses.Excluded(network);
        using var state = new NetworkStateGuard(network);
        using var hooked = new HookedSynapticFlow();
        network.eval();
        hooked.Attach(network);

        using IDisposable recording = enable_grad();
        Tensor sum = network.call(image).sum();
        Tensor[] weights = [.. hooked._weights.Values];
        if (weights.Length == 0)
        {
            throw new InvalidOperationException("Synaptic flow needs a convolution or a linear layer, and the network has called none.");
        }

        Tensor[] gradients = Derivatives.Of(sum, weights);
        return new SynapticFlow([.. weights.Zip(gradients, (weight, gradient) => (weight.detach(), gradient))], Log2Scale: 0);
    }

    public void Dispose()
    {
        _removals.ForEach(remove => remove());
        foreach (Tensor weight in _weights.Values)
        {
            weight.Dispose();
        }
    }

    private void Attach(nn.Module network)
    {
        foreach (nn.Module<Tensor, Tensor> module in network.modules().Prepend(network).Distinct().OfType<nn.Module<Tensor, Tensor>>())
        {
            if (module is Convolution or Linear or NormBase or LayerNorm or GroupNorm)
            {
                _removals.Add(module.register_forward_pre_hook(Remember).remove);
                _removals.Add(module.register_forward_hook((called, _, output) => Replace(called, output)).remove);
            }
        }
    }

    private Tensor Remember(nn.Module module, Tensor input)
    {
        // A handle of our own: Sequential disposes what it passes on.
        _inputs[module] = input.alias();
        ScalarType own = module.parameters().FirstOrDefault()?.dtype ?? ScalarType.Float32;
        return input.detach().to(own);
    }

    private Tensor Replace(nn.Module module, Tensor output)
    {
        _inputs.Remove(module, out Tensor? input);
        Tensor flowing = module switch
        {
            Convolution convolution => Convolve(input!, convolution),
            Linear linear => nn.functional.linear(input!, AbsoluteWeight(linear, linear.weight!), AbsoluteBias(linear.bias)),
            _ => input!,
        };
        output.Dispose();
        return flowing;
    }

    private Tensor Convolve(Tensor input, Convolution layer)
    {
        if (layer.padding_mode != TorchSharp.PaddingModes.Zeros || layer.padding_type is not null)
        {
            throw new NotSupportedException("Synaptic flow needs convolutions that pad with zeros, by numbers.");
        }

        Tensor weight = AbsoluteWeight(layer, layer.weight!);
        Tensor? bias = AbsoluteBias(layer.bias);
        return (weight.dim(), layer.transposed) switch
        {
            (3, false) => nn.functional.conv1d(input, weight, bias, layer.stride[0], layer.padding![0], layer.dilation[0], layer.groups),
            (4, false) => nn.functional.conv2d(input, weight, bias, layer.stride, layer.padding, layer.dilation, layer.groups),
            (5, false) => nn.functional.conv3d(input, weight, bias, layer.stride, layer.padding, layer.dilation, layer.groups),
            _ => throw new NotSupportedException("Synaptic flow does not support transposed convolutions."),
        };
    }

    private Tensor AbsoluteWeight(nn.Module module, Parameter weight)
    {
        if (!_weights.TryGetValue(module, out Tensor? absolute))
        {
            // It outlives whatever scope the network opens while it runs.
            absolute = weight.detach().to(ScalarType.Float64).abs().requires_grad_(true).DetachFromDisposeScope();
            _weights.Add(module, absolute);
        }

        return absolute;
    }

    private static Tensor? AbsoluteBias(Parameter? bias) => bias?.detach().to(ScalarType.Float64).abs();
}
