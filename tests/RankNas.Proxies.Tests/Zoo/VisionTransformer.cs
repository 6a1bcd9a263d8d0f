using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Zoo;

/// <summary>A small vision transformer with a class token and positions as parameters of its own.</summary>
internal sealed class VisionTransformer : nn.Module<Tensor, Tensor>
{
    private const int Width = 12;

    private readonly Conv2d _patches;
    private readonly Parameter _classToken = nn.Parameter(randn(1, 1, Width));
    private readonly Parameter _positions = nn.Parameter(randn(1, 17, Width));
    private readonly Sequential _blocks;
    private readonly LayerNorm _normalization;
    private readonly Linear _head;

    public VisionTransformer(int channels, int depth)
        : base(nameof(VisionTransformer))
    {
        _patches = nn.Conv2d(channels, Width, 4, stride: 4);
        _blocks = nn.Sequential(Enumerable.Range(0, depth).Select(_ => (nn.Module<Tensor, Tensor>)new Attention(Width)).ToArray());
        _normalization = nn.LayerNorm(Width);
        _head = nn.Linear(Width, 10);
        RegisterComponents();
    }

    public override Tensor forward(Tensor images)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor patches = _patches.call(images).flatten(2).transpose(1, 2);
        Tensor tokens = cat([_classToken.expand(images.shape[0], -1, -1), patches], 1) + _positions;
        return _head.call(_normalization.call(_blocks.call(tokens))[TensorIndex.Colon, 0]).MoveToOuterDisposeScope();
    }
}
