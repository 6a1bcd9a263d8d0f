using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>NATS-Bench's <c>nor_conv</c>: ReLU, convolution without bias, BatchNorm.</summary>
internal sealed class ReluConvolutionNorm : NetworkBlock
{
    private readonly Sequential _layers;

    public ReluConvolutionNorm(int inChannels, int outChannels, int kernel, int stride = 1)
        : base(nameof(ReluConvolutionNorm))
    {
        Convolution = LayerFactory.Convolution(inChannels, outChannels, kernel, stride);
        Normalization = LayerFactory.Normalization(outChannels);
        _layers = nn.Sequential(nn.ReLU(), Convolution, Normalization);
        register_module("op", _layers);
    }

    public Conv2d Convolution { get; }

    public BatchNorm2d Normalization { get; }

    public override Tensor forward(Tensor input) => _layers.call(input);

    public override Tensor Observe(Tensor input, ObservedPass pass) => LayerMath.Sum([ObserveTerm(input, pass)]);

    /// <summary>Runs as far as BatchNorm, which is left to the sum that the output becomes a term of.</summary>
    public Term ObserveTerm(Tensor input, ObservedPass pass)
    {
        pass.Report(LayerKinds.Activation, input);
        using ConvolutionInput rectified = ConvolutionInput.Rectified(input);
        return Term.Of(pass.Convolve(rectified, Convolution), Normalization);
    }

    public override FlowValue Flow(FlowValue input, FlowPass flow) => flow.Convolve(input, Convolution);

    public override OnnxValue Describe(INetworkGraph graph, OnnxValue input) => graph.Apply(_layers, input);
}
