using RankNas.Proxies;
using static TorchSharp.torch;

namespace RankNas.Docs.Tests.Mine;

/// <summary>What pages call the reader's own.</summary>
public sealed class MyProxy : IZeroCostProxy
{
    public string Id => "mine";

    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => network.parameters().Sum(parameter => parameter.numel());
}
