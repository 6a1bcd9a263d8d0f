using static TorchSharp.torch;

namespace RankNas.Proxies.Tests;

/// <summary>Hides what a network can do by itself, so that proxies must use hooks.</summary>
internal sealed class Opaque : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> _inner;

    public Opaque(nn.Module<Tensor, Tensor> inner)
        : base(nameof(Opaque))
    {
        _inner = inner;
        register_module("inner", inner);
    }

    public override Tensor forward(Tensor input) => _inner.call(input);
}
