using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>Reads a tensor's sizes, strides and number.</summary>
/// <remarks>
/// <c>shape</c>, <c>stride()</c> and <c>item()</c> of TorchSharp give libtorch a callback, of which the runtime makes native code at every call: they take ten times as long, and
/// make the next collection of garbage longer.
/// </remarks>
public static class TensorReading
{
    /// <summary>Gets the size of each dimension, as <c>tensor.shape</c>.</summary>
    /// <param name="tensor">A tensor of any shape.</param>
    public static long[] Sizes(this Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        long[] sizes = new long[tensor.dim()];
        for (int dimension = 0; dimension < sizes.Length; dimension++)
        {
            sizes[dimension] = tensor.size(dimension);
        }

        return sizes;
    }

    /// <summary>Gets how many elements lie between two neighbours of each dimension, as <c>tensor.stride()</c>.</summary>
    /// <param name="tensor">A tensor of any shape.</param>
    public static long[] Strides(this Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        long[] strides = new long[tensor.dim()];
        for (int dimension = 0; dimension < strides.Length; dimension++)
        {
            strides[dimension] = tensor.stride(dimension);
        }

        return strides;
    }

    /// <summary>Gets the only number of a tensor, as <c>tensor.item()</c>. On a GPU it waits for all that was begun.</summary>
    /// <param name="tensor">A tensor of one element of a real dtype.</param>
    /// <exception cref="ArgumentException">It has none or several elements.</exception>
    public static double ReadNumber(this Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.numel() != 1)
        {
            throw new ArgumentException($"A number is read of one element, not of [{string.Join(", ", tensor.Sizes())}].", nameof(tensor));
        }

        using Scalar held = tensor.ToScalar();
        return held.ToDouble();
    }
}
