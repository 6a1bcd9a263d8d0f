using RankNas.Constraints;
using RankNas.Latency;
using RankNas.Pareto;

namespace RankNas;

/// <summary>The built-in objectives, for <see cref="NasBuilder.AddObjective"/>.</summary>
public static class Objectives
{
    private const int BytesOfAnElement = 4;

    /// <summary>Gets the objective <c>params</c>: few trainable parameters.</summary>
    public static IArchitectureObjective Parameters { get; } = new FunctionObjective("params", candidate => candidate.Cost.Parameters);

    /// <summary>Gets the objective <c>macs</c>: few multiply-accumulates for one image.</summary>
    public static IArchitectureObjective Macs { get; } = new FunctionObjective("macs", candidate => candidate.Cost.Macs);

    /// <summary>Gets the objective <c>memory</c>: few bytes for the activations of one image in float32, at the most that are alive at once.</summary>
    /// <remarks>Four times <see cref="GraphCosts.PeakActivations"/>. It needs a space that describes its networks as graphs.</remarks>
    public static IArchitectureObjective ActivationMemory { get; } =
        new FunctionObjective("memory", candidate => BytesOfAnElement * (double)candidate.Graph.Costs.PeakActivations);

    /// <summary>Creates the objective <c>latency</c>: a short latency, in milliseconds.</summary>
    /// <param name="source">Knows the latencies: <see cref="LatencyTable"/>, <see cref="LatencyModel"/>, <see cref="TorchLatency"/> or your own.</param>
    public static IArchitectureObjective Latency(ILatencySource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new FunctionObjective("latency", source.MillisecondsOf);
    }

    /// <summary>Creates an objective by a function.</summary>
    /// <param name="id">Its name, for people and results.</param>
    /// <param name="valueOf">Gets an architecture's value, a finite number: the same each time, from any thread.</param>
    /// <param name="direction">Which values are better.</param>
    public static IArchitectureObjective Of(string id, Func<ConstraintCandidate, double> valueOf, ScoreDirection direction = ScoreDirection.LowerIsBetter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentNullException.ThrowIfNull(valueOf);
        return new FunctionObjective(id, valueOf, direction);
    }
}
