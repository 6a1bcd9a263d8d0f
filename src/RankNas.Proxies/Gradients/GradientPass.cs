using RankNas.Torch;
using RankNas.Torch.Hooks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Proxies.Gradients;

/// <summary>A network made ready for gradients, BatchNorm on batch statistics.</summary>
/// <remarks>Disposal puts everything back and frees every tensor made meanwhile.</remarks>
internal sealed class GradientPass : IDisposable
{
    /// <summary>What most of these proxies need, for their messages.</summary>
    public const string Layers = "convolution or linear layer";

    /// <summary>What proxies of a loss need, for their messages.</summary>
    public const string SecondClass = "second class";

    /// <summary>Why they need it.</summary>
    public const string OneClass = "of one class the loss is 0, whatever the network";

    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly ProbeBatch _batch;
    private readonly DisposeStack _toPutBack = new();

    public GradientPass(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        MatmulGuard.ThrowIfUnsafe(network, batch.Images.dtype);
        _network = network;
        _batch = batch;
        try
        {
            _toPutBack.Push(GradientPasses.Exclusive(network));
            _toPutBack.Push(NewDisposeScope());

            // Callers may be in either mode; both would leave nothing to differentiate.
            _toPutBack.Push(inference_mode(false));
            _toPutBack.Push(enable_grad());
            NetworkStateGuard state = _toPutBack.Push(new NetworkStateGuard(network));
            state.UseBatchStatistics();
            state.TakeGradients();
            _toPutBack.Push(CorrectConvolutions.Repair(network));
        }
        catch
        {
            _toPutBack.Dispose();
            throw;
        }
    }

    /// <summary>Gets every parameter, biases and normalisations included.</summary>
    public IReadOnlyList<Parameter> Parameters => DistinctOf(_network.parameters().Where(parameter => parameter.is_floating_point()));

    /// <summary>Gets the weights of convolutions and linear layers, each once.</summary>
    /// <param name="proxy">Who needs them.</param>
    /// <exception cref="ProxyNotApplicableException">There are none.</exception>
    public IReadOnlyList<Parameter> WeightsFor(IZeroCostProxy proxy)
    {
        IReadOnlyList<Parameter> weights = DistinctOf(_network.modules().Prepend(_network).Select(WeightOf).OfType<Parameter>());
        ProxyNotApplicableException.ThrowIfNone(weights.Count, proxy, Layers, hint: null);
        return weights;
    }

    /// <summary>Differentiates a scalar by weights.</summary>
    /// <exception cref="ProxyNotApplicableException">It depends on no weight at all.</exception>
    public static Tensor[] DerivativesFor(IZeroCostProxy proxy, Tensor value, IReadOnlyList<Tensor> weights, bool keepGraph = false)
    {
        ThrowIfConstant(proxy, value);
        return Derivatives.Of(value, weights, keepGraph);
    }

    /// <summary>Throws where a scalar depends on no weight at all.</summary>
    /// <exception cref="ProxyNotApplicableException">It depends on none.</exception>
    public static void ThrowIfConstant(IZeroCostProxy proxy, Tensor value) => ProxyNotApplicableException.ThrowIfNone(
        value.requires_grad ? 1 : 0,
        proxy,
        "weight that the loss depends on",
        "a network that computes without gradients or detaches cannot be differentiated");

    /// <summary>Gets the first images, as a copy: they may come from inference mode, where nothing can be kept for a backward pass.</summary>
    public Tensor Images(int count) => _batch.Images[..count].clone();

    /// <summary>Gets all images as a leaf to differentiate by, and has no parameter take a gradient.</summary>
    public Tensor ImagesThatTakeGradients()
    {
        foreach (Parameter parameter in Parameters)
        {
            parameter.requires_grad = false;
        }

        return Images(_batch.Size).requires_grad_(true);
    }

    /// <summary>Passes the first images through the network.</summary>
    /// <inheritdoc cref="Logits(Tensor)"/>
    public Tensor Logits(int count) => Logits(Images(count));

    /// <summary>Passes images through the network, which may overwrite them.</summary>
    /// <returns>Logits <c>[images, classes]</c>, in float32 at least.</returns>
    /// <exception cref="InvalidOperationException">The network gives anything but one row of logits for each image.</exception>
    public Tensor Logits(Tensor images)
    {
        long count = images.size(0);
        Tensor logits = _network.call(images);
        if (logits.dim() != 2 || logits.size(0) != count)
        {
            throw new InvalidOperationException(
                $"Gradients need logits [{count}, classes], a row for each image, and the network gave [{string.Join(", ", logits.Sizes())}].");
        }

        return logits.dtype is ScalarType.Float32 or ScalarType.Float64 ? logits : logits.to(ScalarType.Float32);
    }

    /// <summary>Computes the mean cross-entropy of the whole batch, a scalar.</summary>
    /// <inheritdoc cref="LossOf"/>
    public Tensor LossFor(IZeroCostProxy proxy) => LossOf(proxy, 0, _batch.Size);

    /// <summary>Computes the mean cross-entropy of some images that follow each other, BatchNorm on their statistics alone; a scalar.</summary>
    /// <exception cref="ProxyNotApplicableException">The network has one class, whose cross-entropy is 0 whatever its weights are.</exception>
    public Tensor LossOf(IZeroCostProxy proxy, int first, int count)
    {
        Tensor logits = Logits(_batch.Images[first..(first + count)].clone());
        ProxyNotApplicableException.ThrowIfNone(logits.size(1) - 1, proxy, SecondClass, OneClass);
        Tensor labels = ProbeLabels.For(_batch, logits.size(1))[first..(first + count)];
        return nn.functional.cross_entropy(logits, labels.to(logits.device));
    }

    public void Dispose() => _toPutBack.Dispose();

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
