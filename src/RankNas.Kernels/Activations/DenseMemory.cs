using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>The memory of tensors on the CPU, read where it lies.</summary>
internal static class DenseMemory
{
    /// <summary>Gets a tensor's elements in the order in which they lie in memory, where they lie there without gaps, image after image.</summary>
    /// <param name="tensor">A tensor <c>[N, …]</c>; it must outlive the span.</param>
    /// <param name="elements">Its elements; those of an image are next to each other.</param>
    public static bool TryGet<T>(Tensor tensor, out ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        elements = default;
        if (tensor.device_type != DeviceType.CPU || tensor.element_size() != Unsafe.SizeOf<T>()
            || tensor.numel() > int.MaxValue / Unsafe.SizeOf<T>() || !IsDense(tensor))
        {
            return false;
        }

        using IDisposable guard = no_grad();
        using Tensor flat = tensor.as_strided([tensor.numel()], [1], tensor.storage_offset());
        elements = MemoryMarshal.Cast<byte, T>(flat.bytes);
        return true;
    }

    // Sorted by stride, each dimension steps over all the smaller ones; the images' is the largest.
    private static bool IsDense(Tensor tensor)
    {
        long[] shape = tensor.shape;
        long[] strides = tensor.stride();
        long expected = 1;
        foreach (int dimension in Enumerable.Range(0, shape.Length).Where(dimension => shape[dimension] != 1).OrderBy(dimension => strides[dimension]))
        {
            if (strides[dimension] != expected)
            {
                return false;
            }

            expected *= shape[dimension];
        }

        return shape[0] == 1 || shape[0] * strides[0] == tensor.numel();
    }
}
