using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>A skip between different widths: 1×1 convolution without bias, BatchNorm. NATS-Bench's <c>FactorizedReduce</c> of stride 1.</summary>
internal sealed class Projection : NetworkBlock
{
    public Projection(int inChannels, int outChannels)
        : base(nameof(Projection))
    {
        Convolution = LayerFactory.Convolution(inChannels, outChannels, kernel: 1);
        Normalization = LayerFactory.Normalization(outChannels);
        register_module("conv", Convolution);
        register_module("bn", Normalization);
    }

    public Conv2d Convolution { get; }

    public BatchNorm2d Normalization { get; }

    public override Tensor forward(Tensor input)
    {
        using Tensor projected = Convolution.call(input);
        return Normalization.call(projected);
    }

    public override Tensor Observe(Tensor input, ObservedPass pass) => LayerMath.Sum([Term.Of(pass.Convolve(input, Convolution), Normalization)]);

    public override FlowValue Flow(FlowValue input, FlowPass flow) => flow.Convolve(input, Convolution);

    public override GraphValue Describe(INetworkGraph graph, GraphValue input) => graph.Apply(Normalization, graph.Apply(Convolution, input));
}
