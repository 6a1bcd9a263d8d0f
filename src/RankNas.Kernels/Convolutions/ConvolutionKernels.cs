using RankNas.Graphs.Operations;
using RankNas.Kernels.Winograd;

namespace RankNas.Kernels.Convolutions;

/// <summary>Which kernel convolves what.</summary>
internal static class ConvolutionKernels
{
    // What a span of memory can hold.
    private const int MostValues = int.MaxValue / sizeof(float);

    /// <summary>Convolves.</summary>
    /// <param name="operation">How.</param>
    /// <param name="images">What goes in.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="convolved">What comes out.</param>
    /// <param name="reading">How the images are read; only kernels that can normalise are given factors.</param>
    /// <returns>The moments of what comes out.</returns>
    public delegate ChannelMoments Kernel<T>(
        ConvolutionOperation operation, PixelMemory<T> images, ConvolutionWeights weights, PixelMemory<T> convolved, PixelReading reading)
        where T : unmanaged, IPixelValue<T>;

    /// <summary>Tells whether a convolution's kernel is one that normalises what it reads.</summary>
    /// <param name="operation">The convolution.</param>
    /// <param name="channels">The channels that go in.</param>
    public static bool Normalizes(ConvolutionOperation operation, int channels) => IsPointwise(operation) || IsDepthwise(operation, channels);

    /// <summary>Tells whether a convolution multiplies the channels of each pixel by a matrix.</summary>
    public static bool IsPointwise(ConvolutionOperation operation) => operation is { Kernel: (1, 1), Stride: (1, 1), Padding: (0, 0), Groups: 1 };

    /// <summary>Tells whether a convolution is of each channel alone.</summary>
    /// <param name="operation">The convolution.</param>
    /// <param name="channels">The channels that go in.</param>
    public static bool IsDepthwise(ConvolutionOperation operation, int channels) => operation.Groups == channels && operation.OutChannels == channels && channels > 1;

    /// <summary>Finds the fastest kernel for a convolution; null where libtorch's serves.</summary>
    /// <param name="operation">The convolution.</param>
    /// <param name="images">What goes in.</param>
    /// <param name="pixels">The pixels of an image that comes out.</param>
    public static Kernel<T>? For<T>(ConvolutionOperation operation, PixelMemory<T> images, int pixels)
        where T : unmanaged, IPixelValue<T>
    {
        bool fits = (long)images.Images * pixels * operation.OutChannels <= MostValues && (long)images.Pixels * images.Channels <= MostValues;
        return !InstructionSet.HasMultiplyAdd || !fits ? null : operation switch
        {
            _ when IsPointwise(operation) => PointwiseKernel.Convolve,
            { Kernel: (3, 3), Stride: (1, 1), Padding: (1, 1), Dilation: (1, 1), Groups: 1, HasBias: false } when WinogradKernel.Suits(images, operation.OutChannels) =>
                WinogradKernel.Convolve,
            _ when IsDepthwise(operation, images.Channels) => DepthwiseKernel.Convolve,
            _ => WindowKernel.Convolve,
        };
    }
}
