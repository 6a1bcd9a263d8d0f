using RankNas.Kernels.Memory;
using RankNas.Proxies;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Kernels.Execution;

/// <summary>Where a pass has its memory from, and whether kernels of our own may work on it.</summary>
/// <param name="arena">The memory of activations; null has libtorch's, and no kernels of our own.</param>
internal sealed class PassMemory(ActivationArena? arena)
{
    /// <summary>Opens images for kernels of our own: numbers of this format on the CPU, laid out pixel by pixel.</summary>
    public bool TryOpen<T>(Tensor images, out PixelMemory<T> memory)
        where T : unmanaged, IPixelValue<T>
    {
        memory = default;
        return arena is not null && PixelMemory<T>.TryOpen(images, out memory);
    }

    /// <summary>Makes as many images as others are of the same format, with whatever is in memory, and opens them.</summary>
    public Tensor NewLike<T>(PixelMemory<T> images, int channels, int height, int width, out PixelMemory<T> memory)
        where T : unmanaged, IPixelValue<T>
    {
        Tensor made = NewPixels(T.Format, images.Images, channels, height, width);
        memory = PixelMemory<T>.Open(made);
        return made;
    }

    /// <summary>Makes zeros like a batch of images.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="sizes">The shape, without the batch.</param>
    public Tensor Zeros(Tensor batch, ReadOnlySpan<int> sizes)
    {
        if (sizes is [var channels, var height, var width] && arena is not null && batch.device_type == DeviceType.CPU)
        {
            return NewPixels(batch.dtype, batch.size(0), channels, height, width).zero_();
        }

        long[] shape = [batch.size(0), .. sizes.ToArray()];
        using Tensor zeros = batch.new_zeros(shape);
        return TensorLayout.ChannelsLast(zeros);
    }

    private Tensor NewPixels(ScalarType format, long images, long channels, long height, long width)
    {
        using Tensor pixels = arena!.NewTensor(format, images, height, width, channels);
        return pixels.permute(0, 3, 1, 2);
    }
}
