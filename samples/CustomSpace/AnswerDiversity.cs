using RankNas.Proxies;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CustomSpace;

/// <summary>How many directions a network's answers take: the effective rank of the logits, after Roy and Vetterli, EUSIPCO 2007.</summary>
internal sealed class AnswerDiversity : IZeroCostProxy
{
    public string Id => "answer-diversity";

    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    public double Score(Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        using var state = new NetworkStateGuard(network);
        state.UseBatchStatistics();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        Tensor logits = network.call(batch.Images).to(ScalarType.Float64);
        Tensor values = linalg.svdvals(logits - logits.mean([0], keepdim: true));
        Tensor shares = values / values.sum();
        return Math.Exp(-(shares * shares.clamp_min(1e-12).log()).sum().item<double>());
    }
}
