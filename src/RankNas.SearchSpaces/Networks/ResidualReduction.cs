using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>NATS-Bench's <c>ResNetBasicblock</c> of stride 2: two ReLU-convolution-BatchNorm, and a shortcut of 2×2 mean and 1×1 convolution.</summary>
internal sealed class ResidualReduction : NetworkBlock
{
    private readonly ReluConvolutionNorm _first;
    private readonly ReluConvolutionNorm _second;
    private readonly Sequential _downsample;
    private readonly Conv2d _shortcut;

    public ResidualReduction(int inChannels, int outChannels)
        : base(nameof(ResidualReduction))
    {
        _first = new ReluConvolutionNorm(inChannels, outChannels, kernel: 3, stride: 2);
        _second = new ReluConvolutionNorm(outChannels, outChannels, kernel: 3);
        _shortcut = LayerFactory.Convolution(inChannels, outChannels, kernel: 1);
        _downsample = nn.Sequential(LayerFactory.HalvingPooling(), _shortcut);
        register_module("conv_a", _first);
        register_module("conv_b", _second);
        register_module("downsample", _downsample);
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor first = _first.call(input);
        using Tensor second = _second.call(first);
        using Tensor shortcut = _downsample.call(input);
        return shortcut.Plus(second);
    }

    public override Tensor Observe(Tensor input, ObservedPass pass)
    {
        using Tensor first = _first.Observe(input, pass);
        Term second = _second.ObserveTerm(first, pass);
        pass.Report(LayerKinds.Pooling, input);
        using Tensor halved = LayerMath.PoolHalving(input);
        return LayerMath.Sum([second, Term.Of(pass.Convolve(halved, _shortcut))]);
    }

    public override FlowValue Flow(FlowValue input, FlowPass flow) =>
        flow.Add(flow.Convolve(flow.PoolHalving(input), _shortcut), _second.Flow(_first.Flow(input, flow), flow));

    public override OnnxValue Describe(INetworkGraph graph, OnnxValue input) => graph.Apply(
        GraphFunction.Add, graph.Apply(_downsample, input), graph.Apply(_second, graph.Apply(_first, input)));
}
