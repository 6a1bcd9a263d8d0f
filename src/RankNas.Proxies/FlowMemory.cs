using RankNas.Kernels;
using RankNas.Kernels.Memory;
using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>Where the large tensors of a flow lie: in the memory that the thread has for activations, which the passes have left free.</summary>
/// <remarks>
/// By libc's allocator they would leave gaps between what lives longer, and each thread would keep as much as its largest network took, gaps included. Where the thread has no
/// such memory, as on a GPU or without a search, tensors are libtorch's.
/// </remarks>
internal static class FlowMemory
{
    /// <summary>Multiplies two matrices, <c>[n, k]</c> and <c>[k, m]</c>, or batches of them.</summary>
    /// <remarks>In a dispose scope, which ends other handles of what is made.</remarks>
    public static Tensor Product(Tensor left, Tensor right)
    {
        if (left.dim() != 2)
        {
            return left.bmm(right);
        }

        if (NewLike(left, left.size(0), right.size(1)) is not { } product)
        {
            return left.mm(right);
        }

        // What lies there is not read.
        _ = product.addmm_(left, right, beta: 0, alpha: 1);
        return product;
    }

    /// <summary>Adds tensors.</summary>
    /// <remarks>In a dispose scope, likewise.</remarks>
    public static Tensor Sum(Tensor left, Tensor right)
    {
        if (!IsImage(left) || !IsImage(right) || !left.Sizes().AsSpan().SequenceEqual(right.Sizes()) || NewLike(left, left.size(1), left.size(2), left.size(0)) is not { } pixels)
        {
            return left.Plus(right);
        }

        Tensor sum = pixels.permute(2, 0, 1);
        _ = sum.copy_(left);
        _ = sum.AddInPlace(right);
        return sum;
    }

    /// <summary>Gives the elements of a tensor another shape: as a view where libtorch's <c>reshape</c> gives one, else as a copy.</summary>
    /// <remarks>A copy in place of a view would lie otherwise, and a product of it would be rounded otherwise.</remarks>
    public static Tensor Reshape(Tensor tensor, params ReadOnlySpan<long> sizes)
    {
        if (IsView(tensor.Sizes(), tensor.Strides(), sizes) || NewLike(tensor, sizes) is not { } copy)
        {
            return tensor.reshape(sizes.ToArray());
        }

        using Tensor places = copy.view(tensor.Sizes());
        _ = places.copy_(tensor);
        return copy;
    }

    // As libtorch decides: dimensions that lie one behind the other are a run, and each run has to be whole dimensions of the new shape.
    private static bool IsView(ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides, ReadOnlySpan<long> shape)
    {
        int left = shape.Length - 1;
        (long run, long given) = (1, 1);
        long step = strides[^1];
        for (int dimension = sizes.Length - 1; dimension >= 0; dimension--)
        {
            run *= sizes[dimension];
            if (dimension > 0 && (sizes[dimension - 1] == 1 || strides[dimension - 1] == run * step))
            {
                continue;
            }

            for (; left >= 0 && (given < run || shape[left] == 1); left--)
            {
                given *= shape[left];
            }

            if (given != run)
            {
                return false;
            }

            if (dimension > 0)
            {
                (step, run, given) = (strides[dimension - 1], 1, 1);
            }
        }

        return left < 0;
    }

    private static Tensor? NewLike(Tensor tensor, params ReadOnlySpan<long> sizes) =>
        KernelUse.Serves(tensor) && ActivationArena.OfThisThread is { } arena ? arena.NewTensor(tensor.dtype, sizes) : null;

    // [C, H, W] in NHWC.
    private static bool IsImage(Tensor tensor) => tensor.dim() == 3 && tensor.permute(1, 2, 0).is_contiguous();
}
