using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Zoo;

/// <summary>A module of given layers, under their names, and a function that calls them.</summary>
internal abstract class Custom : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor>[] _layers;

    protected Custom(params nn.Module<Tensor, Tensor>[] layers)
        : base(nameof(Custom))
    {
        _layers = layers;
        for (int layer = 0; layer < layers.Length; layer++)
        {
            register_module($"layer{layer}", layers[layer]);
        }
    }

    protected nn.Module<Tensor, Tensor> this[int layer] => _layers[layer];

    protected IEnumerable<nn.Module<Tensor, Tensor>> Layers => _layers;
}
