using RankNas.Kernels;
using RankNas.Proxies;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.Support;

/// <summary>An activation proxy: the sum of everything that goes into the layers it watches, clean minus noisy.</summary>
internal sealed class InputSum(string id = "input-sum", LayerKinds kinds = LayerKinds.Activation | LayerKinds.Pooling) : IActivationProxy
{
    public string Id => id;

    public ScoreDirection Direction => ScoreDirection.LowerIsBetter;

    public LayerKinds CleanLayers => kinds;

    public LayerKinds NoisyLayers => kinds;

    public IActivationObserver CreateObserver(ProbeBatch batch) => new Observer();

    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => ActivationPasses.Score(this, network, batch);

    private sealed class Observer : IActivationObserver
    {
        private double _sum;

        public void Observe(ForwardPass pass, LayerInput input) =>
            _sum += (pass == ForwardPass.Clean ? 1 : -1) * input.Uses * input.Tensor.to(ScalarType.Float64).sum().item<double>();

        public double Complete() => _sum;

        public void Dispose()
        {
        }
    }
}
