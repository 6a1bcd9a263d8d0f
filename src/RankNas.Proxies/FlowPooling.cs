using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>Poolings of one image <c>[C, H, W]</c> there and back.</summary>
internal sealed class FlowPooling
{
    private readonly Dictionary<(PoolingOperation Pooling, int Height, int Width), Tensor> _sizes = [];

    /// <summary>Pools windows.</summary>
    /// <param name="pooling">The operation.</param>
    /// <param name="features">The image.</param>
    /// <param name="node">The node, for its shape.</param>
    public FlowStep Apply(PoolingOperation pooling, Tensor features, GraphNode node)
    {
        if (pooling.Kind == PoolingKind.Max)
        {
            return Max(features, pooling.Kernel, pooling.Stride, pooling.Padding, pooling.RoundsUp);
        }

        var window = new FlowWindow(
            pooling.Kernel, pooling.Stride, pooling.Padding, 1, ((int)features.size(1), (int)features.size(2)), (node.Shape[1], node.Shape[2]));
        Tensor sizes = SizesOf(pooling, window, features);
        return new FlowStep(Average(features, pooling), gradient => Spread(gradient.div(sizes), window));
    }

    /// <summary>Pools whole images, to <c>[C]</c> or <c>[C, 1, 1]</c>.</summary>
    public static FlowStep Apply(GlobalPoolingOperation pooling, Tensor features)
    {
        long[] shape = features.Sizes(), kept = [shape[0], 1, 1], given = pooling.KeepsDimensions ? kept : [shape[0]];
        if (pooling.Kind == PoolingKind.Average)
        {
            return new FlowStep(features.mean([1, 2]).view(given), gradient => gradient.reshape(kept).Times(1.0 / (shape[1] * shape[2])).expand(shape));
        }

        FlowStep largest = Max(features, new Size2D((int)shape[1], (int)shape[2]), 1, 0, roundsUp: false);
        return new FlowStep(largest.Output.reshape(given), gradient => largest.GradientsByInputs[0](gradient.reshape(kept)));
    }

    // What the largest of a window gets; of equals the first, as in libtorch.
    private static FlowStep Max(Tensor features, Size2D kernel, Size2D stride, Size2D padding, bool roundsUp)
    {
        long[] shape = features.Sizes();
        (Tensor output, Tensor indices) = nn.functional.max_pool2d_with_indices(
            features.contiguous().unsqueeze(0), [kernel.Height, kernel.Width], [stride.Height, stride.Width], [padding.Height, padding.Width], ceil_mode: roundsUp);
        Tensor places = indices.view(shape[0], -1);
        return new FlowStep(
            output.squeeze(0), gradient => gradient.new_zeros([shape[0], shape[1] * shape[2]]).scatter_add_(1, places, gradient.reshape(shape[0], -1)).view(shape));
    }

    // By how much the sum over each window is divided, for all channels: [1, outH, outW].
    private Tensor SizesOf(PoolingOperation pooling, FlowWindow window, Tensor features)
    {
        (PoolingOperation, int, int) key = (pooling, window.Input.Height, window.Input.Width);
        if (!_sizes.TryGetValue(key, out Tensor? sizes))
        {
            Tensor pixels = ones([1, window.Input.Height, window.Input.Width], features.dtype, features.device);
            sizes = Average(pixels, pooling, divisor: 1).div(Average(pixels, pooling));
            _sizes.Add(key, sizes);
        }

        return sizes;
    }

    // Every pixel of a window gets the same.
    private static Tensor Spread(Tensor gradient, FlowWindow window)
    {
        using DisposeScope scope = NewDisposeScope();
        if (window.Stride == 1)
        {
            Size2D padding = window.Reverse.Padding;
            bool isWithin = 2 * padding.Height <= window.Kernel.Height && 2 * padding.Width <= window.Kernel.Width;
            Tensor padded = isWithin ? gradient : nn.functional.pad(gradient, [padding.Width, padding.Width, padding.Height, padding.Height]);
            return Average(padded, new PoolingOperation(PoolingKind.Average, window.Kernel, 1, isWithin ? padding : 0, false, false), divisor: 1).MoveToOuterDisposeScope();
        }

        long[] places = [1, window.Output.Height, window.Output.Width, window.Kernel.Height, window.Kernel.Width, gradient.size(0)];
        return window.Fold(gradient.permute(1, 2, 0).unsqueeze(2).unsqueeze(2).unsqueeze(0).expand(places)).permute(2, 0, 1).MoveToOuterDisposeScope();
    }

    private static Tensor Average(Tensor features, PoolingOperation pooling, long? divisor = null) => nn.functional.avg_pool2d(
        features.unsqueeze(0), Pair(pooling.Kernel), Pair(pooling.Stride), Pair(pooling.Padding), pooling.RoundsUp, pooling.CountsPadding, divisor).squeeze(0);

    private static (long Height, long Width) Pair(Size2D size) => (size.Height, size.Width);
}
