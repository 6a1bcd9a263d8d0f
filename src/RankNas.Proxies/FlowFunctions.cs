using RankNas.Graphs.Operations;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>Operations without weights of the values of one image, there and back.</summary>
internal static class FlowFunctions
{
    public static FlowStep Add(Tensor[] terms)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor sum = terms.Aggregate(FlowMemory.Sum).MoveToOuterDisposeScope();
        return new FlowStep(sum, [.. terms.Select(term => (Func<Tensor, Tensor>)(gradient => Reduce(gradient, term.Sizes())))]);
    }

    public static FlowStep Multiply(Tensor left, Tensor right) => new(
        left.mul(right), gradient => Reduce(gradient.mul(right), left.Sizes()), gradient => Reduce(gradient.mul(left), right.Sizes()));

    public static FlowStep MatrixProduct(Tensor left, Tensor right)
    {
        int rank = (int)Math.Max(left.dim(), right.dim());
        long[] batch = [.. Sizes(left, rank).Zip(Sizes(right, rank), Math.Max)];
        Tensor lefts = Matrices(left, batch), rights = Matrices(right, batch);
        Tensor product = lefts.bmm(rights);
        Tensor Gradient(Tensor factor, Tensor of) => Reduce(factor.view([.. batch, .. of.Sizes()[^2..]]), of.Sizes());
        return new FlowStep(
            product.view([.. batch, .. product.Sizes()[^2..]]),
            gradient => Gradient(gradient.reshape(product.Sizes()).bmm(rights.transpose(1, 2)), left),
            gradient => Gradient(lefts.transpose(1, 2).bmm(gradient.reshape(product.Sizes())), right));
    }

    public static FlowStep Scale(Tensor features, double factor) => new(features.Times(factor), gradient => gradient.Times(factor));

    public static FlowStep Concatenate(Tensor[] parts, int axis)
    {
        var gradients = new Func<Tensor, Tensor>[parts.Length];
        long start = 0;
        foreach ((int index, Tensor part) in parts.Index())
        {
            (long from, long length) = (start, part.size(axis));
            gradients[index] = gradient => gradient.narrow(axis, from, length);
            start += length;
        }

        return new FlowStep(cat(parts, axis), gradients);
    }

    public static FlowStep Slice(Tensor features, SliceOperation slice)
    {
        long[] padding = new long[2 * features.dim()];
        long place = 2 * (features.dim() - 1 - slice.Axis);
        (padding[place], padding[place + 1]) = (slice.Start, features.size(slice.Axis) - slice.Start - slice.Length);
        return new FlowStep(features.narrow(slice.Axis, slice.Start, slice.Length), gradient => nn.functional.pad(gradient, padding));
    }

    public static FlowStep Reshape(Tensor features, IEnumerable<int> shape)
    {
        long[] before = features.Sizes();
        return new FlowStep(features.reshape([.. shape.Select(size => (long)size)]), gradient => gradient.reshape(before));
    }

    public static FlowStep Transpose(Tensor features, TransposeOperation transpose)
    {
        long[] axes = [.. transpose.Axes.Select(axis => (long)axis)];
        long[] back = [.. Enumerable.Range(0, axes.Length).OrderBy(axis => axes[axis]).Select(axis => (long)axis)];
        return new FlowStep(features.permute(axes), gradient => gradient.permute(back));
    }

    // What was broadcast gets the sum of what came of it.
    private static Tensor Reduce(Tensor gradient, long[] shape)
    {
        int dimensions = (int)gradient.dim(), more = dimensions - shape.Length;
        long[] summed = [.. Enumerable.Range(0, dimensions).Where(axis => axis < more || (shape[axis - more] == 1 && gradient.size(axis) > 1)).Select(axis => (long)axis)];
        return summed.Length == 0 ? gradient : gradient.sum(summed, keepdim: true).reshape(shape);
    }

    private static IEnumerable<long> Sizes(Tensor factor, int rank) => [.. Enumerable.Repeat(1L, rank - (int)factor.dim()), .. factor.Sizes()[..^2]];

    private static Tensor Matrices(Tensor factor, long[] batch) => factor.expand([.. batch, .. factor.Sizes()[^2..]]).reshape([-1, .. factor.Sizes()[^2..]]);
}
