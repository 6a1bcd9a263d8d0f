using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Docs;

public sealed class MeanActivation : IZeroCostProxy
{
    public string Id => "mean-activation";

    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    public bool IsConcurrent => true;

    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        using var excluded = GradientPasses.Shared(network);
        using var state = new NetworkStateGuard(network);
        state.UseBatchStatistics();

        using var noGradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        return network.call(batch.Images).abs().mean().ToDouble();
    }
}
