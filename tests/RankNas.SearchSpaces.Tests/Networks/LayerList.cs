using RankNas.Kernels;
using RankNas.Proxies;
using static TorchSharp.torch;

namespace RankNas.SearchSpaces.Tests.Networks;

/// <summary>Remembers the layers that a pass over a network reports.</summary>
internal sealed class LayerList(LayerKinds kinds, bool keep = false) : IActivationProxy, IActivationObserver
{
    private readonly List<(LayerKinds Kind, int Uses, long Units)> _layers = [];
    private readonly List<(Tensor Kept, Tensor Copy)> _tensors = [];

    public string Id => "layers";

    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    public LayerKinds CleanLayers => kinds;

    /// <summary>Passes images through a network.</summary>
    public void Watch(nn.Module<Tensor, Tensor> network, Tensor images)
    {
        using var batch = new ProbeBatch(images);
        ActivationPasses.Run(network, batch, [(this, this)]);
    }

    public void Observe(ForwardPass pass, LayerInput input)
    {
        _layers.Add((input.Kind, input.Uses, input.Shape.Skip(1).Aggregate(1L, (units, side) => units * side)));
        if (keep)
        {
            _tensors.Add((input.Keep(), input.Tensor.clone().DetachFromDisposeScope()));
        }
    }

    public int Count(LayerKinds kind) => _layers.Where(layer => layer.Kind == kind).Sum(layer => layer.Uses);

    public long Units(LayerKinds kind) => _layers.Where(layer => layer.Kind == kind).Sum(layer => layer.Uses * layer.Units);

    public bool AreUnchanged() => _tensors.Count > 0 && _tensors.All(pair => pair.Kept.eq(pair.Copy).all().item<bool>());

    public IActivationObserver CreateObserver(ProbeBatch batch) => this;

    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => ActivationPasses.Score(this, network, batch);

    public double Complete() => _layers.Count;

    public void Dispose() => _tensors.ForEach(pair =>
    {
        pair.Kept.Dispose();
        pair.Copy.Dispose();
    });
}
