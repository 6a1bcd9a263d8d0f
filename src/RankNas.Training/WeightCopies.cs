using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Training;

/// <summary>A copy of a network's weights: the best so far, or their moving average.</summary>
internal sealed class WeightCopies : IDisposable
{
    private readonly Dictionary<string, Tensor> _copies = new(StringComparer.Ordinal);

    public WeightCopies(IReadOnlyDictionary<string, Tensor> weights)
    {
        using IDisposable guard = no_grad();
        foreach ((string name, Tensor weight) in weights)
        {
            _copies.Add(name, weight.detach().clone().DetachFromDisposeScope());
        }
    }

    public IReadOnlyDictionary<string, Tensor> Tensors => _copies;

    public void CopyFrom(IReadOnlyDictionary<string, Tensor> weights) => Copy(weights, _copies);

    public void CopyTo(IReadOnlyDictionary<string, Tensor> weights) => Copy(_copies, weights);

    /// <summary>Moves the average towards the weights. Whole numbers are copied.</summary>
    public void Average(IReadOnlyDictionary<string, Tensor> weights, double decay)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        using Scalar minusOne = -1;
        using Scalar added = 1 - decay;
        foreach ((string name, Tensor average) in _copies)
        {
            if (average.is_floating_point())
            {
                // By the difference, so that weights which do not change keep every digit.
                average.add_(weights[name].add(average, minusOne), added);
            }
            else
            {
                average.copy_(weights[name]);
            }
        }
    }

    public void Dispose()
    {
        foreach (Tensor copy in _copies.Values)
        {
            copy.Dispose();
        }
    }

    private static void Copy(IReadOnlyDictionary<string, Tensor> from, IReadOnlyDictionary<string, Tensor> to)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        foreach ((string name, Tensor tensor) in to)
        {
            tensor.copy_(from[name]);
        }
    }
}
