using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>A pass of synaptic flow there and back: keeps activations in range, and finds the gradient by each layer's absolute weight.</summary>
/// <remarks>
/// It differentiates by itself, by matrix products: libtorch's backward passes of convolutions are not safe beside other passes (see
/// <see cref="GradientPasses"/>), and these are, whatever other threads do.
/// </remarks>
internal sealed class FlowPass
{
    private readonly List<FlowLayer> _layers = [];
    private readonly Stack<Action> _backward = [];
    private readonly Dictionary<(long Height, long Width), Tensor> _neighborhoodSizes = [];
    private double _log2Scale;

    public FlowValue Convolve(FlowValue input, Conv2d layer)
    {
        var form = new FlowConvolution(input.Features.shape, layer);
        // One row for each value of a neighbourhood, in the order in which it lies in memory.
        Tensor weight = AbsoluteWeight(layer.weight!, input.Features.dtype).permute(2, 3, 1, 0).reshape(-1, form.OutChannels);
        var passed = new FlowLayer(form.AsWeight(weight));
        _layers.Add(passed);
        var output = new FlowValue(form.Apply(input.Features, weight));
        _backward.Push(() =>
        {
            if (output.Gradient is { } gradient)
            {
                passed.Gradient = form.GradientByWeight(input.Features, gradient);
                input.AddGradient(form.GradientByInput(weight, gradient));
            }
        });
        return output;
    }

    public FlowValue PoolNeighborhood(FlowValue input)
    {
        Tensor sizes = NeighborhoodSizes(input.Features);
        var output = new FlowValue(MeanOfNeighborhoods(input.Features));
        // The sum over a neighbourhood is its mean by its size.
        PushBack(output, input, gradient => MeanOfNeighborhoods(gradient.div(sizes)).mul(sizes));
        return output;
    }

    public FlowValue PoolHalving(FlowValue input)
    {
        Tensor sizes = SumOfSquares(OnesLike(input.Features));
        var output = new FlowValue(SumOfSquares(input.Features).div(sizes));
        PushBack(output, input, gradient => SpreadOverSquares(gradient.div(sizes), input.Features.shape));
        return output;
    }

    public FlowValue Add(FlowValue left, FlowValue right)
    {
        var output = new FlowValue(left.Features.Plus(right.Features));
        PushBack(output, left, gradient => gradient);
        PushBack(output, right, gradient => gradient);
        return output;
    }

    /// <summary>Divides by a power of two, which is exact. Every path leads through here, so all gradients share the factor.</summary>
    public FlowValue Rescale(FlowValue input)
    {
        double largest = input.Features.max().to(ScalarType.Float64).item<double>();
        if (largest is 0 || !double.IsFinite(largest))
        {
            return input;
        }

        int exponent = Math.ILogB(largest);
        _log2Scale += exponent;
        double factor = Math.ScaleB(1, -exponent);
        var output = new FlowValue(input.Features.Times(factor));
        PushBack(output, input, gradient => gradient.Times(factor));
        return output;
    }

    public FlowValue MeanOfPixels(FlowValue input)
    {
        var output = new FlowValue(input.Features.mean([0, 1], keepdim: true));
        PushBack(output, input, gradient => gradient.expand(input.Features.shape).Times(1.0 / (input.Features.shape[0] * input.Features.shape[1])));
        return output;
    }

    /// <summary>Multiplies one pixel by a linear layer, R being the sum of the logits, and goes all the way back.</summary>
    public SynapticFlow Complete(FlowValue input, Linear layer)
    {
        Tensor absolute = AbsoluteWeight(layer.weight!, input.Features.dtype);
        _layers.Add(new FlowLayer(absolute) { Gradient = input.Features.view(1, -1).expand(absolute.shape) });
        input.AddGradient(absolute.sum(dim: 0).view(1, 1, -1));
        while (_backward.TryPop(out Action? step))
        {
            step();
        }

        return new SynapticFlow([.. _layers.Select(layer => layer.ToPair())], _log2Scale);
    }

    private static Tensor AbsoluteWeight(Parameter weight, ScalarType format) => weight.detach().abs().to(format);

    private void PushBack(FlowValue output, FlowValue input, Func<Tensor, Tensor> gradientByInput) => _backward.Push(() =>
    {
        if (output.Gradient is { } gradient)
        {
            input.AddGradient(gradientByInput(gradient));
        }
    });

    // One value for each pixel, for all channels.
    private static Tensor OnesLike(Tensor features) => ones([features.shape[0], features.shape[1], 1], features.dtype, features.device);

    // 9 within, and 6 and 4 at the border: the padding is not counted.
    private Tensor NeighborhoodSizes(Tensor features)
    {
        (long Height, long Width) shape = (features.shape[0], features.shape[1]);
        if (!_neighborhoodSizes.TryGetValue(shape, out Tensor? sizes))
        {
            sizes = Planes(OnesLike(features), planes => nn.functional.avg_pool2d(planes, 3, 1, 1, divisor_override: 1));
            _neighborhoodSizes.Add(shape, sizes);
        }

        return sizes;
    }

    private static Tensor MeanOfNeighborhoods(Tensor features) => Planes(features, LayerMath.PoolNeighborhood);

    // Odd sizes are rounded up, and the last square is a half.
    private static Tensor SumOfSquares(Tensor features) => Planes(features, planes => nn.functional.avg_pool2d(planes, 2, 2, ceil_mode: true, divisor_override: 1));

    private static Tensor SpreadOverSquares(Tensor squares, long[] shape) => squares.unsqueeze(2).unsqueeze(1)
        .expand(squares.shape[0], 2, squares.shape[1], 2, squares.shape[2]).reshape(2 * squares.shape[0], 2 * squares.shape[1], squares.shape[2])
        .narrow(0, 0, shape[0]).narrow(1, 0, shape[1]);

    // A view of one image, laid out pixel by pixel.
    private static Tensor Planes(Tensor features, Func<Tensor, Tensor> pool)
    {
        using DisposeScope scope = NewDisposeScope();
        return pool(features.contiguous().permute(2, 0, 1).unsqueeze(0)).squeeze(0).permute(1, 2, 0).contiguous().MoveToOuterDisposeScope();
    }
}
