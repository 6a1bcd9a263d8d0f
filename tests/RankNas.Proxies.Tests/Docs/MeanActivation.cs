using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Tests;

public sealed class MeanActivation : IZeroCostProxy
{
    public string Id => "mean-activation";

    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        using var guard = torch.no_grad();
        using Tensor logits = network.call(batch.Images);
        using Tensor mean = logits.abs().mean();
        return mean.item<float>();
    }
}
