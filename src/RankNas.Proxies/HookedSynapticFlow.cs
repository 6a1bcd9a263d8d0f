using System.Collections.Frozen;
using System.Runtime.InteropServices;
using RankNas.Files;
using RankNas.Graphs.Operations;
using RankNas.Proxies.Gradients;
using RankNas.Torch;
using RankNas.Torch.Hooks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>Synaptic flow through any network: its tensors stand in by their absolute values in float64, and hooks make layers linear.</summary>
/// <remarks>A layer that becomes the identity first runs as it is, on a copy of its input, for nothing.</remarks>
internal sealed class HookedSynapticFlow : IDisposable
{
    // What is not the identity where everything is positive, and cannot be made so, as no module calls it.
    private static readonly FrozenSet<string> Functions = new[]
    {
        "relu6", "selu", "gelu", "silu", "mish", "hardswish", "hardsigmoid", "hardtanh", "sigmoid", "tanh", "softplus", "softsign", "glu",
        "softmax", "softmin", "log_softmax", "logsigmoid", "scaled_dot_product_attention", "layer_norm", "batch_norm", "group_norm", "instance_norm",
        "normalize",
    }.SelectMany(name => new[] { name, $"{name}_" }).ToFrozenSet();

    // As libtorch words it that two tensors are of two dtypes.
    private static readonly string[] DifferentFormats = ["same dtype", "same data type", "expected scalar type", "Input type"];

    private readonly IZeroCostProxy _proxy;
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly Dictionary<nn.Module, Stack<Tensor>> _inputs = new(ReferenceEqualityComparer.Instance);
    private readonly List<Action> _removals = [];

    private HookedSynapticFlow(IZeroCostProxy proxy, nn.Module<Tensor, Tensor> network) => (_proxy, _network) = (proxy, network);

    /// <summary>Computes the flow, and has each layer taken.</summary>
    /// <exception cref="ProxyNotApplicableException">The network cannot be made linear and positive, or nothing flows.</exception>
    public static void Compute(IZeroCostProxy proxy, nn.Module<Tensor, Tensor> network, Tensor image, SynapticFlow flow)
    {
        using IDisposable shared = GradientPasses.Shared(network);
        using IDisposable normalMode = inference_mode(false);
        using var state = new NetworkStateGuard(network);
        Parameter[] weights = [.. ModulesOf(network).Select(WeightOf).OfType<Parameter>().Distinct<Parameter>(ReferenceEqualityComparer.Instance)];
        ProxyNotApplicableException.ThrowIfNone(weights.Length, proxy, "convolution or linear layer", hint: null);

        var positive = new PositiveTensors(network);
        Tensor[] gradients;
        using (positive)
        using (var hooked = new HookedSynapticFlow(proxy, network))
        {
            network.eval();
            MatmulGuard.ThrowIfUnsafe(network, image.dtype);
            gradients = hooked.Differentiate(weights, image);
        }

        using IDisposable guard = no_grad();
        foreach ((Parameter weight, Tensor gradient) in weights.Zip(gradients))
        {
            flow.Take(positive.StandInOf(weight).detach(), gradient, log2Scale: 0);
        }
    }

    public void Dispose() => _removals.ForEach(remove => remove());

    private Tensor[] Differentiate(Parameter[] weights, Tensor image)
    {
        RefuseWhatIsNeither();
        Array.ForEach(weights, weight => weight.requires_grad = true);
        using CallLog calls = CallLog.Attach(_network);
        AttachIdentities();
        using IDisposable recording = enable_grad();
        Tensor sum = Logits(image).sum();
        RefuseWhatWasHidden(calls);
        ProxyNotApplicableException.ThrowIfNone(sum.requires_grad ? 1 : 0, _proxy, "weight that the logits depend on", hint: null);
        Tensor[] gradients = Derivatives.Of(sum, weights);
        RefuseWhatIsNoFlow(weights, gradients);
        return gradients;
    }

    private Tensor Logits(Tensor image)
    {
        try
        {
            return _network.call(image.clone());
        }
        catch (ExternalException exception) when (DifferentFormats.Any(words => exception.Message.Contains(words, StringComparison.Ordinal)))
        {
            throw new ProxyNotApplicableException(
                $"{_proxy.Id} runs the network in float64, and it computes with a tensor of another format: register that, or create it in the dtype of the input "
                + $"({ErrorText.FirstLineOf(exception)})");
        }
    }

    private void RefuseWhatIsNeither()
    {
        if (ModulesOf(_network).FirstOrDefault(IsRefused) is { } refused)
        {
            throw new ProxyNotApplicableException($"{_proxy.Id} is not defined for {refused.GetType().Name}, which is neither linear nor becomes so");
        }

        if (ModulesOf(_network).OfType<GraphModule>().Any(graph => graph.Graph.Nodes.Any(node => node.Operation is SoftmaxOperation)))
        {
            throw new ProxyNotApplicableException($"{_proxy.Id} is not defined for softmax, which is neither linear nor becomes so");
        }
    }

    private void RefuseWhatWasHidden(CallLog calls)
    {
        if (calls.FindUnseen(BecomesIdentity) is { } layer)
        {
            throw new ProxyNotApplicableException($"{_proxy.Id} did not see {layer}");
        }

        if (calls.FindFunction(Functions) is { } function)
        {
            throw new ProxyNotApplicableException($"{_proxy.Id} cannot make {function} linear: use a module, where there is a linear form of it");
        }
    }

    private void RefuseWhatIsNoFlow(Parameter[] weights, Tensor[] gradients)
    {
        foreach ((Parameter weight, Tensor gradient) in weights.Zip(gradients))
        {
            using Tensor least = gradient.min();
            using Tensor most = gradient.max();
            if (!double.IsFinite(least.ReadNumber()) || !double.IsFinite(most.ReadNumber()))
            {
                throw new ProxyNotApplicableException($"{_proxy.Id} saw a flow through {NameOf(weight)} beyond what float64 holds");
            }

            if (least.ReadNumber() < 0)
            {
                throw new ProxyNotApplicableException(
                    $"{_proxy.Id} saw a negative flow through {NameOf(weight)} "
                    + "(subtraction, division, softmax and functional normalisation do not become positive and linear)");
            }
        }
    }

    private string NameOf(Parameter weight) =>
        _network.named_modules().Where(named => ReferenceEquals(WeightOf(named.module), weight)).Select(named => named.name).FirstOrDefault("the network");

    private void AttachIdentities()
    {
        foreach (nn.Module<Tensor, Tensor> module in ModulesOf(_network).Where(BecomesIdentity).OfType<nn.Module<Tensor, Tensor>>())
        {
            _removals.Add(module.register_forward_pre_hook(Remember).remove);
            _removals.Add(module.register_forward_hook((called, _, output) => PassOn(called, output)).remove);
        }
    }

    private Tensor Remember(nn.Module module, Tensor input)
    {
        // A handle of our own: Sequential disposes what it passes on. And a copy for the layer, which may work in place.
        if (!_inputs.TryGetValue(module, out Stack<Tensor>? inputs))
        {
            _inputs.Add(module, inputs = new Stack<Tensor>());
        }

        inputs.Push(input.alias());
        using Tensor detached = input.detach();
        return detached.clone();
    }

    private Tensor PassOn(nn.Module module, Tensor output)
    {
        output.Dispose();
        return _inputs[module].Pop();
    }

    private static IEnumerable<nn.Module> ModulesOf(nn.Module network) => network.modules().Prepend(network).Distinct();

    private static bool BecomesIdentity(nn.Module module) =>
        module is NormBase or LayerNorm or GroupNorm or LocalResponseNorm || (LayerHooks.KindOf(module) == LayerKinds.Activation && module is not GLU);

    // A layer of TorchSharp's with weights of its own that are none of those above flows through weights that do not count.
    private static bool IsRefused(nn.Module module) =>
        module is GLU or Softmax or Softmax2d or Softmin or LogSoftmax or Embedding or EmbeddingBag or Bilinear or MultiheadAttention or Transformer
            or TransformerEncoder or TransformerEncoderLayer or TransformerDecoder or TransformerDecoderLayer
            or RNN or RNNCell or LSTM or LSTMCell or GRU or GRUCell;

    private static Parameter? WeightOf(nn.Module module) => module switch
    {
        Convolution convolution => convolution.weight,
        Linear linear => linear.weight,
        _ => null,
    };
}
