using RankNas.Proxies;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Distributed.Probe;

/// <summary>A proxy of a user's own: takes a while, and ends the whole process where a network has a given number of parameters.</summary>
public sealed class Costly : IZeroCostProxy
{
    /// <summary>How long a score takes, in milliseconds.</summary>
    public const string MillisecondsVariable = "PROBE_MILLISECONDS";

    /// <summary>The parameters that end the process.</summary>
    public const string LethalVariable = "PROBE_LETHAL_PARAMETERS";

    private readonly int _milliseconds = NumberOf(MillisecondsVariable);
    private readonly int _lethal = NumberOf(LethalVariable);

    public string Id => "costly";

    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        long parameters = network.parameters().Sum(parameter => parameter.numel());
        if (parameters == _lethal)
        {
            System.Diagnostics.Process.GetCurrentProcess().Kill();
        }

        Thread.Sleep(_milliseconds);
        return parameters + network.parameters().First().to(ScalarType.Float64).sum().item<double>();
    }

    private static int NumberOf(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), out int number) ? number : 0;
}
