using static TorchSharp.torch;

namespace RankNas.Tests;

public sealed class SqueezeExcite : nn.Module<Tensor, Tensor>, IDescribedModule
{
    private readonly nn.Module<Tensor, Tensor> _gate;

    public SqueezeExcite(long channels)
        : base(nameof(SqueezeExcite))
    {
        _gate = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(channels, channels, 1), nn.Sigmoid());
        register_module("gate", _gate);
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor gate = _gate.call(input);
        return input * gate;
    }

    public OnnxValue Describe(INetworkGraph graph, OnnxValue input) =>
        graph.Apply(GraphFunction.Multiply, input, graph.Apply(_gate, input));
}
