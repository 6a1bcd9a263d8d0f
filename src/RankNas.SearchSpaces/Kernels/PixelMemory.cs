using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>Images on the CPU as they lie in memory, pixel by pixel with all channels together: <c>[N, H, W, C]</c>.</summary>
internal readonly ref struct PixelMemory
{
    private PixelMemory(Tensor images, Span<float> values)
    {
        long[] shape = images.shape;
        Images = (int)shape[0];
        Channels = (int)shape[1];
        Height = (int)shape[2];
        Width = (int)shape[3];
        Values = values;
    }

    public int Images { get; }

    public int Channels { get; }

    public int Height { get; }

    public int Width { get; }

    public int Pixels => Images * Height * Width;

    public Span<float> Values { get; }

    public Span<float> ValuesOf(int image) => Values.Slice(image * Height * Width * Channels, Height * Width * Channels);

    /// <summary>Opens a tensor's memory: float32 on the CPU, laid out pixel by pixel, its channels a multiple of <paramref name="lanes"/>.</summary>
    /// <returns>Whether it is so; the tensor must outlive the memory.</returns>
    public static bool TryOpen(Tensor images, int lanes, out PixelMemory memory)
    {
        memory = default;
        if (images.dtype != ScalarType.Float32 || images.device_type != DeviceType.CPU || images.dim() != 4
            || images.shape[1] % lanes != 0 || images.numel() > int.MaxValue / sizeof(float) || images.requires_grad || !IsPixelByPixel(images))
        {
            return false;
        }

        using Tensor flat = images.as_strided([images.numel()], [1], images.storage_offset());
        memory = new PixelMemory(images, MemoryMarshal.Cast<byte, float>(flat.bytes));
        return true;
    }

    /// <summary>Makes a tensor of this layout, of another tensor's shape but for its channels, with whatever is in memory.</summary>
    public static Tensor NewLike(Tensor images, long channels)
    {
        long[] shape = images.shape;
        using Tensor pixels = images.new_empty([shape[0], shape[2], shape[3], channels]);
        return pixels.permute(0, 3, 1, 2);
    }

    private static bool IsPixelByPixel(Tensor images)
    {
        long[] shape = images.shape;
        long[] strides = images.stride();
        return strides[1] == 1 && strides[3] == shape[1] && strides[2] == shape[3] * shape[1] && strides[0] == shape[2] * shape[3] * shape[1];
    }
}
