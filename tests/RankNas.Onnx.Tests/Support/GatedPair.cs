using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Tests;

/// <summary>A module as a user might write it: two branches joined, and a gate; one branch is registered, one is not.</summary>
internal sealed class GatedPair : nn.Module<Tensor, Tensor>, IDescribedModule
{
    private readonly Conv2d _first = nn.Conv2d(3, 4, 3, padding: 1);
    private readonly nn.Module<Tensor, Tensor>[] _others = [nn.Conv2d(3, 4, 1), nn.Conv2d(3, 4, 1)];

    public GatedPair()
        : base(nameof(GatedPair)) => register_module("first", _first);

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor joined = cat([_first.call(input), _others[0].call(input) - _others[1].call(input)], 1);
        return (joined * joined.sigmoid() + zeros(1, 8, input.shape[2], input.shape[3])).MoveToOuterDisposeScope();
    }

    public OnnxValue Describe(INetworkGraph graph, OnnxValue input)
    {
        OnnxValue difference = graph.Apply(GraphFunction.Subtract, graph.Apply(_others[0], input), graph.Apply(_others[1], input));
        OnnxValue joined = graph.Concatenate(graph.Apply(_first, input), difference);
        OnnxValue gated = graph.Apply(GraphFunction.Multiply, joined, graph.Apply(GraphFunction.Sigmoid, joined));
        return graph.Apply(GraphFunction.Add, gated, graph.Zeros(8, input.Shape[1], input.Shape[2]));
    }

    protected override void Dispose(bool disposing)
    {
        foreach (nn.Module<Tensor, Tensor> other in _others)
        {
            other.Dispose();
        }

        base.Dispose(disposing);
    }
}
