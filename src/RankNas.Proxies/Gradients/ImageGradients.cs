using RankNas.Torch;
using RankNas.Torch.Hooks;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Gradients;

/// <summary>The gradients of each image by itself, by a few weights of each convolution and linear layer.</summary>
/// <remarks>
/// Without a backward pass for each image: the derivative by a weight is Σ over the output's elements of what the weight is multiplied with and of
/// the derivative by that element, and both are known of each image. What the images have in common must be constant: <see cref="FrozenStatistics"/>.
/// </remarks>
internal sealed class ImageGradients : IDisposable
{
    private readonly int _images;
    private readonly int _weightsPerLayer;
    private readonly bool _overwrites;
    private readonly LayerHooks _hooks;
    private readonly List<Call> _calls = [];

    /// <summary>Begins to watch a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="images">The number of images that will pass.</param>
    /// <param name="weightsPerLayer">How many weights of each layer: <see cref="WeightEntry.Spread"/>.</param>
    public ImageGradients(nn.Module network, int images, int weightsPerLayer)
    {
        (_images, _weightsPerLayer) = (images, weightsPerLayer);

        // A graph's layers never work in place.
        _overwrites = network is not GraphModule;
        _hooks = LayerHooks.AttachInstead(network, LayerKinds.Convolution | LayerKinds.Linear, Capture);
    }

    /// <summary>Gets how many layers ran, each counted once.</summary>
    public int Layers => _calls.Select(call => call.Layer).Distinct(ReferenceEqualityComparer.Instance).Count();

    /// <summary>Differentiates the sum over images of a number for each, and leaves out the layers that no number depends on.</summary>
    /// <returns>A tensor <c>[N, weights]</c> in float64: a column for each weight, layer after layer; null if nothing depends on any.</returns>
    /// <remarks>The first call decides which layers count.</remarks>
    public Tensor? Of(Tensor sum, bool keepGraph)
    {
        Tensor?[] derivatives = Derivatives.WhereAny(sum, [.. _calls.Select(call => call.Output)], keepGraph);
        for (int index = _calls.Count - 1; index >= 0; index--)
        {
            if (derivatives[index] is null)
            {
                _calls[index].Dispose();
                _calls.RemoveAt(index);
            }
        }

        using IDisposable guard = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor[] columns = [.. _calls.Zip(derivatives.OfType<Tensor>()).GroupBy(pair => pair.First.Layer, ReferenceEqualityComparer.Instance)
            .Select(layer => layer.Select(pair => pair.First.Contract(pair.Second)).Aggregate(TensorArithmetic.Plus))];
        Array.ForEach(derivatives, derivative => derivative?.Dispose());
        return columns.Length == 0 ? null : cat(columns, 1).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        _hooks.Dispose();
        _calls.ForEach(call => call.Dispose());
    }

    private Tensor Capture(nn.Module layer, Tensor input, Tensor output)
    {
        output.DetachFromDisposeScope();
        foreach (Tensor rows in (Tensor[])[input, output])
        {
            if (rows.dim() < 2 || rows.size(0) != _images)
            {
                output.Dispose();
                throw new InvalidOperationException(
                    $"Gradients of each image need one row for each of the {_images} images, and a layer gave [{string.Join(", ", rows.Sizes())}].");
            }
        }

        if (!output.requires_grad)
        {
            return output;
        }

        output.retain_grad();
        using (no_grad())
        {
            using DisposeScope scope = NewDisposeScope();
            WeightEntry[] entries = WeightEntry.Spread(layer, _weightsPerLayer);
            Tensor factors = stack(entries.Select(entry => entry.FactorsOf(layer, input, output)), 1).DetachFromDisposeScope();
            Tensor channels = tensor(entries.Select(entry => entry.OutChannel).ToArray(), device: output.device).DetachFromDisposeScope();
            _calls.Add(new Call(layer, output, factors, channels));
        }

        return _overwrites ? output.clone() : output.alias();
    }

    /// <param name="Layer">The layer.</param>
    /// <param name="Output">What it gave.</param>
    /// <param name="Factors">What each weight is multiplied with, <c>[N, weights, elements of a channel]</c>.</param>
    /// <param name="Channels">The output channel of each weight.</param>
    private sealed record Call(nn.Module Layer, Tensor Output, Tensor Factors, Tensor Channels) : IDisposable
    {
        public Tensor Contract(Tensor derivative)
        {
            Tensor own = LayerHooks.KindOf(Layer) == LayerKinds.Convolution
                ? derivative.index_select(1, Channels).flatten(2)
                : derivative.index_select(-1, Channels).reshape(derivative.size(0), -1, Channels.size(0)).transpose(1, 2);
            return (own * Factors).sum(-1, type: ScalarType.Float64);
        }

        public void Dispose()
        {
            Output.Dispose();
            Factors.Dispose();
            Channels.Dispose();
        }
    }
}
