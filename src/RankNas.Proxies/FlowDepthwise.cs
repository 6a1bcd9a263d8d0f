using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Kernels;
using RankNas.Kernels.Convolutions;
using RankNas.Kernels.Memory;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>A convolution of each channel alone, in float32 on the CPU.</summary>
/// <remarks>As matrix products, one for each channel, it takes several times as long: copies of what the windows see, and many small products.</remarks>
/// <param name="convolution">The convolution.</param>
/// <param name="input">What it reads.</param>
/// <param name="node">The convolution's node.</param>
internal sealed class FlowDepthwise(ConvolutionOperation convolution, GraphNode input, GraphNode node) : IFlowConvolution
{
    private readonly ChannelWindow _window = new(
        convolution.Kernel, convolution.Stride, convolution.Padding, convolution.Dilation, (input.Shape[1], input.Shape[2]), (node.Shape[1], node.Shape[2]), input.Shape[0]);

    /// <summary>Tells whether it suits a convolution of such features.</summary>
    public static bool Suits(ConvolutionOperation convolution, GraphNode input, Tensor features) =>
        convolution.Groups == input.Shape[0] && convolution.OutChannels == input.Shape[0] && features.dtype == ScalarType.Float32 && KernelUse.Serves(features);

    public Tensor MatrixOf(Tensor weight) => weight.view(_window.Channels, -1).t().contiguous();

    public Tensor Apply(Tensor pixels, Tensor matrix)
    {
        Tensor output = zeros([_window.Output.Height, _window.Output.Width, _window.Channels], ScalarType.Float32, CPU);
        ChannelWindowKernel.Convolve(_window, TensorMemory.ValuesOf<float>(pixels), TensorMemory.ValuesOf<float>(matrix), TensorMemory.WritableValuesOf<float>(output));
        return output;
    }

    public Tensor GradientByWeight(Tensor pixels, Tensor gradient)
    {
        Tensor sums = zeros([_window.Places, _window.Channels], ScalarType.Float32, CPU);
        ChannelWindowKernel.Correlate(_window, TensorMemory.ValuesOf<float>(pixels), TensorMemory.ValuesOf<float>(gradient), TensorMemory.WritableValuesOf<float>(sums));
        return sums;
    }

    public Tensor GradientByInput(Tensor matrix, Tensor gradient)
    {
        Tensor spread = zeros([_window.Input.Height, _window.Input.Width, _window.Channels], ScalarType.Float32, CPU);
        ChannelWindowKernel.Spread(_window, TensorMemory.ValuesOf<float>(gradient), TensorMemory.ValuesOf<float>(matrix), TensorMemory.WritableValuesOf<float>(spread));
        return spread;
    }
}
