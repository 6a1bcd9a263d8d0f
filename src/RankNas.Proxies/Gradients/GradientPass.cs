using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>A network made ready for gradients, BatchNorm on batch statistics.</summary>
/// <remarks>Disposal puts everything back and frees every tensor made meanwhile.</remarks>
internal sealed class GradientPass : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly ProbeBatch _batch;
    private readonly IDisposable _alone;
    private readonly DisposeScope _scope;
    private readonly IDisposable _normalMode;
    private readonly IDisposable _recording;
    private readonly NetworkStateGuard _state;
    private readonly IDisposable _repair;

    public GradientPass(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        _network = network;
        _batch = batch;
        _alone = GradientPasses.Alone(network);
        _scope = NewDisposeScope();

        // Callers may be in either mode; both would leave nothing to differentiate.
        _normalMode = inference_mode(false);
        _recording = enable_grad();
        _state = new NetworkStateGuard(network);
        _state.UseBatchStatistics();
        _state.TakeGradients();
        _repair = PointwiseConvolutions.Repair(network);
    }

    /// <summary>Gets every parameter, biases and normalisations included.</summary>
    public IReadOnlyList<Parameter> Parameters => DistinctOf(_network.parameters().Where(parameter => parameter.is_floating_point()));

    /// <summary>Gets the weights of convolutions and linear layers, each once.</summary>
    /// <param name="proxy">The name of who needs them.</param>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public IReadOnlyList<Parameter> WeightsFor(string proxy)
    {
        IReadOnlyList<Parameter> weights = DistinctOf(_network.modules().Prepend(_network).Select(WeightOf).OfType<Parameter>());
        return weights.Count > 0
            ? weights
            : throw new InvalidOperationException($"{proxy} needs a convolution or a linear layer, and the network has none.");
    }

    /// <summary>Gets the first images, as a copy: they may come from inference mode, where nothing can be kept for a backward pass.</summary>
    public Tensor Images(int count) => _batch.Images[..count].clone();

    /// <summary>Passes the first images through the network.</summary>
    /// <returns>Logits <c>[count, classes]</c>, in float32 at least.</returns>
    /// <exception cref="InvalidOperationException">The network gives anything but one row of logits for each image.</exception>
    public Tensor Logits(int count)
    {
        Tensor logits = _network.call(Images(count));
        if (logits.dim() != 2 || logits.shape[0] != count)
        {
            throw new InvalidOperationException(
                $"Gradients need logits [{count}, classes], a row for each image, and the network gave [{string.Join(", ", logits.shape)}].");
        }

        return logits.dtype is ScalarType.Float32 or ScalarType.Float64 ? logits : logits.to(ScalarType.Float32);
    }

    /// <summary>Computes the mean cross-entropy of the whole batch, a scalar.</summary>
    public Tensor Loss()
    {
        Tensor logits = Logits(_batch.Size);
        return nn.functional.cross_entropy(logits, ProbeLabels.For(_batch, logits.shape[1]).to(logits.device));
    }

    public void Dispose()
    {
        _repair.Dispose();
        _state.Dispose();
        _recording.Dispose();
        _normalMode.Dispose();
        _scope.Dispose();
        _alone.Dispose();
    }

    private static Parameter? WeightOf(nn.Module module) => module switch
    {
        Convolution convolution => convolution.weight,
        Linear linear => linear.weight,
        _ => null,
    };

    // By reference: tensors are equal where their values are.
    private static Parameter[] DistinctOf(IEnumerable<Parameter> parameters) =>
        [.. parameters.Distinct<Parameter>(ReferenceEqualityComparer.Instance)];
}
