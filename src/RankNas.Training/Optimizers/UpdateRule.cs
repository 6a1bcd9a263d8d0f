using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Training.Optimizers;

/// <summary>How a step changes the weights. TorchSharp's own optimisers do not give out all of their state, which a checkpoint needs.</summary>
internal abstract class UpdateRule : IDisposable
{
    private readonly Dictionary<string, Tensor> _state = new(StringComparer.Ordinal);

    protected UpdateRule(IReadOnlyList<TrainedWeight> weights, IReadOnlyList<string> kinds)
    {
        Weights = weights;
        using IDisposable guard = no_grad();
        foreach (TrainedWeight weight in weights)
        {
            foreach (string kind in kinds)
            {
                _state.Add($"{kind}/{weight.Name}", zeros_like(weight.Value).DetachFromDisposeScope());
            }
        }
    }

    /// <summary>Gets what the rule remembers, by name: the tensors themselves.</summary>
    public IReadOnlyDictionary<string, Tensor> State => _state;

    protected IReadOnlyList<TrainedWeight> Weights { get; }

    /// <summary>Makes the rule that options ask for.</summary>
    public static UpdateRule Create(TrainingOptions options, IReadOnlyList<TrainedWeight> weights) =>
        options.Optimizer == OptimizerKind.AdamW ? new AdamWRule(options, weights) : new SgdRule(options, weights);

    /// <summary>Changes the weights.</summary>
    /// <param name="gradients">The gradient of each weight, null where it has none. They may be changed.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="step">How many steps there have been with this one, from 1.</param>
    public void Step(IReadOnlyList<Tensor?> gradients, double learningRate, long step)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        Apply(gradients, learningRate, step);
    }

    public void Dispose()
    {
        foreach (Tensor tensor in _state.Values)
        {
            tensor.Dispose();
        }
    }

    protected Tensor StateOf(string kind, TrainedWeight weight) => _state[$"{kind}/{weight.Name}"];

    protected abstract void Apply(IReadOnlyList<Tensor?> gradients, double learningRate, long step);
}
