using RankNas.Proxies;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.Support;

/// <summary>A proxy in name alone: <see cref="ScriptedEvaluator"/> has its scores.</summary>
internal sealed class ScriptedProxy(string id, ScoreDirection direction = ScoreDirection.HigherIsBetter) : IZeroCostProxy
{
    public string Id => id;

    public ScoreDirection Direction => direction;

    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => throw new NotSupportedException();
}
