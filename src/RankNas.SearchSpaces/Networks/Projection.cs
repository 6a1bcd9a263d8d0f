using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>A skip between different widths: 1×1 convolution without bias, BatchNorm. NATS-Bench's <c>FactorizedReduce</c> of stride 1.</summary>
internal sealed class Projection : NetworkBlock
{
    private readonly Conv2d _convolution;
    private readonly BatchNorm2d _normalization;

    public Projection(int inChannels, int outChannels)
        : base(nameof(Projection))
    {
        _convolution = LayerFactory.Convolution(inChannels, outChannels, kernel: 1);
        _normalization = LayerFactory.Normalization(outChannels);
        register_module("conv", _convolution);
        register_module("bn", _normalization);
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor projected = _convolution.call(input);
        return _normalization.call(projected);
    }

    public override Tensor Observe(Tensor input, ObservedPass pass) => LayerMath.Sum([ObserveTerm(input, pass)]);

    /// <inheritdoc cref="ReluConvolutionNorm.ObserveTerm"/>
    public Term ObserveTerm(Tensor input, ObservedPass pass) => Term.Of(pass.Convolve(input, _convolution), _normalization);

    public override FlowValue Flow(FlowValue input, FlowPass flow) => flow.Convolve(input, _convolution);

    public override OnnxValue Describe(INetworkGraph graph, OnnxValue input) => graph.Apply(_normalization, graph.Apply(_convolution, input));
}
