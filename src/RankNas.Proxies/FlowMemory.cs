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

    /// <summary>Copies the elements of a tensor into another shape; where they lie so already, it may be a view.</summary>
    public static Tensor Copy(Tensor tensor, params ReadOnlySpan<long> sizes)
    {
        if (tensor.is_contiguous() || NewLike(tensor, sizes) is not { } copy)
        {
            return tensor.reshape(sizes.ToArray());
        }

        using Tensor places = copy.view(tensor.Sizes());
        _ = places.copy_(tensor);
        return copy;
    }

    private static Tensor? NewLike(Tensor tensor, params ReadOnlySpan<long> sizes) =>
        KernelUse.Serves(tensor) && ActivationArena.OfThisThread is { } arena ? arena.NewTensor(tensor.dtype, sizes) : null;

    // [C, H, W] in NHWC.
    private static bool IsImage(Tensor tensor) => tensor.dim() == 3 && tensor.permute(1, 2, 0).is_contiguous();
}
