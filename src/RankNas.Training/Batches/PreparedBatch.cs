using System.Buffers;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Training.Batches;

/// <summary>A batch in ordinary memory, made on any thread.</summary>
/// <param name="Size">How many images there are.</param>
/// <param name="Pixels">Normalised pixels <c>[N, H, W, C]</c>, and perhaps more: a rented array.</param>
/// <param name="Targets">What each logarithm of a probability is multiplied by, <c>[N, classes]</c>; the loss is minus the sum.</param>
/// <param name="Labels">The class that has the largest share of each image, <c>[N]</c>.</param>
internal sealed record PreparedBatch(int Size, float[] Pixels, float[] Targets, int[] Labels) : IDisposable
{
    /// <summary>Makes tensors: images <c>[N, C, H, W]</c> in channels_last, and targets <c>[N, classes]</c>.</summary>
    public (Tensor Images, Tensor Targets) ToTensors(NetworkShape shape, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = Copy(Pixels.AsSpan(0, Size * shape.Height * shape.Width * shape.Channels), [Size, shape.Height, shape.Width, shape.Channels]);
        Tensor targets = Copy(Targets, [Size, shape.Classes]);
        return (images.permute(0, 3, 1, 2).to(device).MoveToOuterDisposeScope(), targets.to(device).MoveToOuterDisposeScope());
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(Pixels);

    private static Tensor Copy(ReadOnlySpan<float> values, long[] shape)
    {
        Tensor tensor = empty(shape, dtype: ScalarType.Float32, device: CPU);
        MemoryMarshal.AsBytes(values).CopyTo(tensor.bytes);
        return tensor;
    }
}
