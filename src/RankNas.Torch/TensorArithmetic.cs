namespace RankNas.Torch;

/// <summary>Tensor arithmetic that keeps scalars alive until libtorch has read them.</summary>
/// <remarks>
/// TorchSharp 0.107 passes libtorch the address of a scalar, such as the 2 in <c>x * 2</c> or the implicit 1 in <c>x + y</c>, and does not
/// keep the scalar alive. If another thread starts a garbage collection at that moment, the scalar is freed: the operation fails with "Expected
/// false to be true" or "Unknown scalar type", or uses a wrong value. Modules that are scored by several workers
/// should use these methods for sums, and keep other scalars alive by <c>using Scalar two = 2; x.mul(two)</c>.
/// </remarks>
public static class TensorArithmetic
{
    private static readonly Scalar One = CreateOne();

    /// <summary>Adds two tensors, as <c>left + right</c>.</summary>
    /// <param name="left">A tensor.</param>
    /// <param name="right">A tensor of a shape that broadcasts with it.</param>
    public static Tensor Plus(this Tensor left, Tensor right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.add(right, One);
    }

    /// <summary>Adds a tensor to another in place, as <c>sum.add_(term)</c>.</summary>
    /// <param name="sum">The tensor that is changed.</param>
    /// <param name="term">A tensor of a shape that broadcasts to the sum's.</param>
    /// <returns>The sum.</returns>
    public static Tensor AddInPlace(this Tensor sum, Tensor term)
    {
        ArgumentNullException.ThrowIfNull(sum);
        return sum.add_(term, One);
    }

    /// <summary>Multiplies every element by a number, as <c>tensor * factor</c>.</summary>
    /// <param name="tensor">A tensor.</param>
    /// <param name="factor">The number.</param>
    public static Tensor Times(this Tensor tensor, double factor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using Scalar held = factor;
        return tensor.mul(held);
    }

    private static Scalar CreateOne()
    {
        TorchRuntime.EnsureLoaded();
        return 1;
    }
}
