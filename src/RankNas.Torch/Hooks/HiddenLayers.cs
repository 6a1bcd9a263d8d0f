using System.Collections.Frozen;
using RankNas.Proxies;
using TorchSharp.Modules;

namespace RankNas.Torch.Hooks;

/// <summary>Layers that a network runs where hooks do not see them: called by <c>forward</c>, as functions, or within others of TorchSharp's.</summary>
internal static class HiddenLayers
{
    // A sigmoid or tanh between functions is more often a gate than an activation.
    private static readonly FrozenSet<string> Activations = NamesOf(
        "relu", "relu6", "leaky_relu", "prelu", "rrelu", "elu", "celu", "selu", "gelu", "silu", "mish", "hardswish", "hardtanh", "softplus", "threshold");

    private static readonly FrozenSet<string> Poolings = NamesOf(
        "avg_pool1d", "avg_pool2d", "avg_pool3d", "max_pool1d", "max_pool2d", "max_pool3d", "lp_pool1d", "lp_pool2d",
        "adaptive_avg_pool1d", "adaptive_avg_pool2d", "adaptive_avg_pool3d", "adaptive_max_pool1d", "adaptive_max_pool2d", "adaptive_max_pool3d");

    /// <summary>Finds one, after a pass.</summary>
    /// <returns>What it is and why it was not seen; null where all were seen.</returns>
    public static string? Find(CallLog calls, LayerKinds kind)
    {
        FrozenSet<string> functions = kind switch
        {
            LayerKinds.Activation => Activations,
            LayerKinds.Pooling => Poolings,
            _ => [],
        };
        return (kind == LayerKinds.Activation ? calls.FindModule(HidesActivations) : null)
            ?? calls.FindUnseen(module => LayerHooks.KindOf(module) == kind)
            ?? (calls.FindFunction(functions) is { } function ? $"{function}: use a module" : null);
    }

    /// <summary>Throws where there is one of any of the kinds.</summary>
    /// <exception cref="ProxyNotApplicableException">There is.</exception>
    public static void ThrowIfAny(CallLog calls, IZeroCostProxy proxy, params ReadOnlySpan<LayerKinds> kinds)
    {
        foreach (LayerKinds kind in kinds)
        {
            if (Find(calls, kind) is { } hidden)
            {
                throw new ProxyNotApplicableException($"{proxy.Id} did not see {hidden}");
            }
        }
    }

    private static bool HidesActivations(nn.Module module) => module is Transformer or TransformerEncoder or TransformerEncoderLayer
        or TransformerDecoder or TransformerDecoderLayer or RNN or RNNCell or LSTM or LSTMCell or GRU or GRUCell;

    private static FrozenSet<string> NamesOf(params string[] functions) => [.. functions, .. functions.Select(function => $"{function}_")];
}
