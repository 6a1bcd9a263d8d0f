using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RankNas.Proxies;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Kernels.Memory;

/// <summary>The memory of tensors on the CPU, read and written where it lies: the one place that takes addresses of it.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>Gets where a tensor's first element lies. The tensor must outlive the address.</summary>
    public static void* AddressOf(Tensor tensor)
    {
        using Tensor flat = tensor.as_strided([tensor.numel()], [1], tensor.storage_offset());
        return Unsafe.AsPointer(ref MemoryMarshal.GetReference(flat.bytes));
    }

    /// <summary>Gets the elements of a contiguous tensor, which must outlive them.</summary>
    public static ReadOnlySpan<T> ValuesOf<T>(Tensor tensor)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.bytes);

    /// <summary>Gets the elements of a contiguous tensor to write them, likewise.</summary>
    public static Span<T> WritableValuesOf<T>(Tensor tensor)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.bytes);

    /// <summary>Gets a tensor's elements in the order in which they lie in memory, where they lie there without gaps, image after image.</summary>
    /// <param name="tensor">A tensor <c>[N, …]</c>; it must outlive the span.</param>
    /// <param name="elements">Its elements; those of an image are next to each other.</param>
    public static bool TryGetDense<T>(Tensor tensor, out ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        elements = default;
        if (!HoldsOnCpu<T>(tensor) || !IsDense(tensor))
        {
            return false;
        }

        using IDisposable guard = no_grad();
        elements = new ReadOnlySpan<T>(AddressOf(tensor), (int)tensor.numel());
        return true;
    }

    /// <summary>Tells whether a tensor lies on the CPU, of elements of this size, no more of them than a span holds.</summary>
    public static bool HoldsOnCpu<T>(Tensor tensor)
        where T : unmanaged =>
        tensor.device_type == DeviceType.CPU && tensor.element_size() == sizeof(T) && tensor.numel() <= int.MaxValue / sizeof(T);

    /// <summary>Gets a parameter's values as contiguous float32.</summary>
    public static Tensor ToFloat32(Tensor parameter)
    {
        using DisposeScope scope = NewDisposeScope();
        return parameter.detach().to(ScalarType.Float32).contiguous().MoveToOuterDisposeScope();
    }

    // Sorted by stride, each dimension steps over all the smaller ones; the images' is the largest.
    private static bool IsDense(Tensor tensor)
    {
        long[] shape = tensor.Sizes();
        long[] strides = tensor.Strides();
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
