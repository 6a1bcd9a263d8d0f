using RankNas.Proxies;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.Support;

/// <summary>A proxy made of a function.</summary>
internal sealed class FunctionProxy(
    string id, Func<nn.Module<Tensor, Tensor>, ProbeBatch, double> score, ScoreDirection direction = ScoreDirection.HigherIsBetter,
    string settings = "") : IZeroCostProxy
{
    private int _calls;

    public string Id => id;

    public string Settings => settings;

    public ScoreDirection Direction => direction;

    public bool IsConcurrent { get; init; }

    public int Calls => _calls;

    public static FunctionProxy Parameters() => new("params", (network, _) => network.parameters().Sum(parameter => parameter.numel()));

    public static FunctionProxy LogitSum() => new("logit-sum", (network, batch) => network.call(batch.Images).sum().item<float>());

    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        Interlocked.Increment(ref _calls);
        return score(network, batch);
    }
}
