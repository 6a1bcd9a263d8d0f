using RankNas.Graphs.Operations;
using RankNas.Kernels.Convolutions;
using static TorchSharp.torch;

namespace RankNas.Kernels.Execution;

/// <summary>Poolings that there are kernels of our own for.</summary>
internal sealed class PoolingMath(PassMemory memory)
{
    /// <summary>Pools; null where no kernel suits.</summary>
    public Tensor? TryPool(PoolingOperation pooling, PassValue input) => TryPool<Float32Value>(pooling, input) ?? TryPool<BFloat16Value>(pooling, input);

    /// <summary>Pools all pixels; null where no kernel suits.</summary>
    public Tensor? TryPool(GlobalPoolingOperation pooling, PassValue input) => pooling.Kind != PoolingKind.Average
        ? null
        : TryMean<Float32Value>(pooling, input) ?? TryMean<BFloat16Value>(pooling, input);

    private Tensor? TryPool<T>(PoolingOperation pooling, PassValue input)
        where T : unmanaged, IPixelValue<T>
    {
        bool isNeighborhood = pooling is { Kind: PoolingKind.Average, Kernel: (3, 3), Stride: (1, 1), Padding: (1, 1), CountsPadding: false };
        bool isHalving = pooling is { Kind: PoolingKind.Average, Kernel: (2, 2), Stride: (2, 2), Padding: (0, 0) };
        if ((!isNeighborhood && !isHalving) || !memory.TryOpen(input.Written.Value, out PixelMemory<T> images) || (isHalving && !HalvingMeanKernel.Suits(images)))
        {
            return null;
        }

        int step = isHalving ? 2 : 1;
        Tensor means = memory.NewLike(images, images.Channels, images.Height / step, images.Width / step, out PixelMemory<T> target);
        if (isHalving)
        {
            HalvingMeanKernel.Apply(images, target);
        }
        else
        {
            NeighborhoodMeanKernel.Apply(images, target);
        }

        return means;
    }

    private Tensor? TryMean<T>(GlobalPoolingOperation pooling, PassValue input)
        where T : unmanaged, IPixelValue<T>
    {
        (Tensor features, PixelReading reading) = input.ToRead(normalizes: false);
        if (!memory.TryOpen(features, out PixelMemory<T> images))
        {
            return null;
        }

        Tensor means = memory.NewLike(images, images.Channels, 1, 1, out PixelMemory<T> target);
        GlobalMeanKernel.Apply(images, target, reading.Clamp);
        if (pooling.KeepsDimensions)
        {
            return means;
        }

        using (means)
        {
            return means.flatten(1);
        }
    }
}
