using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Zoo;

/// <summary>A block of a vision transformer, its attention written out.</summary>
internal sealed class Attention : nn.Module<Tensor, Tensor>
{
    private readonly LayerNorm _first;
    private readonly LayerNorm _second;
    private readonly Linear _queriesKeysValues;
    private readonly Linear _output;
    private readonly Sequential _perceptron;
    private readonly double _scale;

    public Attention(int width)
        : base(nameof(Attention))
    {
        _first = nn.LayerNorm(width);
        _second = nn.LayerNorm(width);
        _queriesKeysValues = nn.Linear(width, 3 * width);
        _output = nn.Linear(width, width);
        _perceptron = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width));
        _scale = 1 / Math.Sqrt(width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor tokens)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] parts = _queriesKeysValues.call(_first.call(tokens)).chunk(3, -1);
        Tensor attention = parts[0].matmul(parts[1].transpose(-2, -1)).mul(_scale).softmax(-1);
        Tensor attended = tokens + _output.call(attention.matmul(parts[2]));
        return (attended + _perceptron.call(_second.call(attended))).MoveToOuterDisposeScope();
    }
}
