using RankNas.Kernels;
using RankNas.Proxies;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.Support;

/// <summary>An activation proxy whose observer does what a test says.</summary>
internal sealed class ObserverProxy(string id = "watching") : IActivationProxy
{
    public Func<IActivationObserver?>? Create { get; init; }

    public Action? OnLayers { get; init; }

    public Action? OnObserve { get; init; }

    public Func<double>? OnComplete { get; init; }

    public Action? OnDispose { get; init; }

    public string Id => id;

    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    public LayerKinds CleanLayers
    {
        get
        {
            OnLayers?.Invoke();
            return LayerKinds.Activation;
        }
    }

    public IActivationObserver CreateObserver(ProbeBatch batch) => Create is null ? new Observer(this) : Create()!;

    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => ActivationPasses.Score(this, network, batch);

    private sealed class Observer(ObserverProxy proxy) : IActivationObserver
    {
        public void Observe(ForwardPass pass, LayerInput input) => proxy.OnObserve?.Invoke();

        public double Complete() => proxy.OnComplete?.Invoke() ?? 1;

        public void Dispose() => proxy.OnDispose?.Invoke();
    }
}
