using RankNas.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Training;

/// <summary>All tensors of a training: the network's weights, the optimiser's memory, the moving average and the best weights so far.</summary>
internal sealed class TrainingState : IDisposable
{
    private const string OfNetwork = "network/";
    private const string OfOptimizer = "optimizer/";
    private const string OfAverage = "average/";
    private const string OfBest = "best/";
    private readonly TrainingOptions _options;
    private readonly UpdateRule _rule;
    private readonly WeightCopies? _average;
    private WeightCopies? _best;

    public TrainingState(nn.Module<Tensor, Tensor> network, TrainingOptions options)
    {
        _options = options;
        Weights = new NetworkWeights(network, options);
        _rule = UpdateRule.Create(options, Weights.Trained);
        _average = options.AverageDecay is null ? null : new WeightCopies(Weights.All);
    }

    public NetworkWeights Weights { get; }

    /// <summary>Gets whether there are best weights.</summary>
    public bool HasBest => _best is not null;

    /// <summary>Gets the tensors by the names that a checkpoint has them by.</summary>
    public IReadOnlyDictionary<string, Tensor> All() => new (string Prefix, IReadOnlyDictionary<string, Tensor>? Tensors)[]
        {
            (OfNetwork, Weights.All), (OfOptimizer, _rule.State), (OfAverage, _average?.Tensors), (OfBest, _best?.Tensors),
        }
        .Where(part => part.Tensors is not null)
        .SelectMany(part => part.Tensors!.Select(pair => (Name: part.Prefix + pair.Key, pair.Value)))
        .ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>Finds where a tensor of a checkpoint goes to.</summary>
    public Tensor? PlaceOf(string name)
    {
        if (name.StartsWith(OfBest, StringComparison.Ordinal))
        {
            _best ??= new WeightCopies(Weights.All);
            return _best.Tensors.GetValueOrDefault(name[OfBest.Length..]);
        }

        IReadOnlyDictionary<string, Tensor>? part = name.StartsWith(OfNetwork, StringComparison.Ordinal) ? Weights.All
            : name.StartsWith(OfOptimizer, StringComparison.Ordinal) ? _rule.State
            : name.StartsWith(OfAverage, StringComparison.Ordinal) ? _average?.Tensors : null;
        return part?.GetValueOrDefault(name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..]);
    }

    /// <summary>Changes the weights by their gradients.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="step">Which step it is, from 1.</param>
    public void Step(double learningRate, long step)
    {
        using DisposeScope scope = NewDisposeScope();
        IReadOnlyList<Tensor?> gradients = Weights.Gradients();
        if (_options.MaxGradientNorm is { } largest)
        {
            GradientNorm.Clip(gradients, largest);
        }

        _rule.Step(gradients, learningRate, step);
        Weights.Publish();
        _average?.Average(Weights.All, Math.Min(_options.AverageDecay!.Value, (1d + step) / (10 + step)));
    }

    /// <summary>Does something while the network has the averaged weights, or its own if there is no average.</summary>
    public T WithAverage<T>(Func<T> use)
    {
        if (_average is null)
        {
            return use();
        }

        using var own = new WeightCopies(Weights.All);
        try
        {
            Put(_average);
            return use();
        }
        finally
        {
            Put(own);
        }
    }

    /// <summary>Keeps the weights as the best ones.</summary>
    public void KeepAsBest()
    {
        IReadOnlyDictionary<string, Tensor> weights = _average?.Tensors ?? Weights.All;
        if (_best is null)
        {
            _best = new WeightCopies(weights);
        }
        else
        {
            _best.CopyFrom(weights);
        }
    }

    /// <summary>Gives the network its final weights.</summary>
    /// <param name="usesBest">Whether they are the best ones, if there are any, and not the last ones.</param>
    public void Conclude(bool usesBest)
    {
        if ((usesBest ? _best ?? _average : _average) is { } final)
        {
            Put(final);
        }
    }

    public void Dispose()
    {
        Weights.Dispose();
        _rule.Dispose();
        _average?.Dispose();
        _best?.Dispose();
    }

    private void Put(WeightCopies weights)
    {
        weights.CopyTo(Weights.All);
        Weights.Publish();
    }
}
