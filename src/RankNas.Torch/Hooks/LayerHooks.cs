using RankNas.Graphs;
using RankNas.Proxies;
using RankNas.Torch.Modules;
using TorchSharp.Modules;

namespace RankNas.Torch.Hooks;

/// <summary>Hooks on every activation, pooling, convolution and linear module of a network, removed on disposal.</summary>
internal sealed class LayerHooks : IDisposable
{
    private readonly Action[] _removals;

    private LayerHooks(IEnumerable<Action> removals) => _removals = [.. removals];

    /// <summary>Calls back after each layer's module with its input and output.</summary>
    public static LayerHooks Attach(nn.Module network, Action<nn.Module, Tensor, Tensor> afterLayer) => new(LayersOf(network, ~LayerKinds.None)
        .Select(layer => (Action)layer.Module.register_forward_hook((called, input, output) =>
        {
            afterLayer(called, input, output);
            return output;
        }).remove));

    /// <summary>Puts what a function returns in place of the output of each layer's module; the function disposes the output.</summary>
    public static LayerHooks AttachInstead(nn.Module network, LayerKinds kinds, Func<LayerKinds, Tensor, Tensor> replace) => new(LayersOf(network, kinds)
        .Select(layer => (Action)layer.Module.register_forward_hook((_, _, output) => replace(layer.Kind, output)).remove));

    /// <summary>Puts what a function of each layer's module, input and output returns in place of the output, which the function owns.</summary>
    public static LayerHooks AttachInstead(nn.Module network, LayerKinds kinds, Func<nn.Module, Tensor, Tensor, Tensor> replace) =>
        new(LayersOf(network, kinds).Select(layer => (Action)layer.Module.register_forward_hook((called, input, output) => replace(called, input, output)).remove));

    /// <summary>Calls back before each layer's module with its input, and after each block with its output, before anything can overwrite either.</summary>
    public static LayerHooks AttachBefore(nn.Module network, LayerKinds kinds, Action<LayerInput> take)
    {
        GraphModule[] graphs = [.. network.modules().Prepend(network).OfType<GraphModule>()];
        HashSet<nn.Module> Where(Func<NetworkGraph, GraphNode, bool> condition) =>
            new(graphs.SelectMany(graph => graph.ModulesWhere(node => condition(graph.Graph, node))), ReferenceEqualityComparer.Instance);
        HashSet<nn.Module> dead = Where((graph, node) => !graph.IsLive(node)), gated = Where((graph, node) => !graph.IsUngated(node));
        void See(nn.Module<Tensor, Tensor> module, LayerKinds kind, Tensor tensor) => take(new LayerInput(kind, tensor)
        {
            LiveUses = dead.Contains(module) ? 0 : 1,
            UngatedUses = gated.Contains(module) ? 0 : 1,
            Activation = kind == LayerKinds.Activation ? module.forward : null,
        });

        IReadOnlyList<nn.Module<Tensor, Tensor>> blocks = (kinds & LayerKinds.BlockOutput) != 0 && network is GraphModule graph ? graph.Blocks : [];
        IEnumerable<Action> ofLayers = LayersOf(network, kinds).Select(layer => (Action)layer.Module.register_forward_pre_hook((_, input) =>
        {
            See(layer.Module, layer.Kind, input);
            return input;
        }).remove);
        IEnumerable<Action> ofBlocks = blocks.Select(block => (Action)block.register_forward_hook((_, _, output) =>
        {
            See(block, LayerKinds.BlockOutput, output);
            return output;
        }).remove);
        return new LayerHooks([.. ofLayers, .. ofBlocks]);
    }

    /// <summary>Multiplies the input of each layer's module by a number, which gradients may be taken by.</summary>
    public static LayerHooks AttachScaling(nn.Module network, LayerKinds kinds, Tensor factor) =>
        new(LayersOf(network, kinds).Select(layer => (Action)layer.Module.register_forward_pre_hook((_, input) => input * factor).remove));

    /// <summary>Tells a module's kind; <see cref="LayerKinds.None"/> where it is none that proxies watch.</summary>
    public static LayerKinds KindOf(nn.Module module) => module switch
    {
        HeldActivation or ReLU or ReLU6 or LeakyReLU or PReLU or RReLU or ELU or CELU or SELU or GELU or SiLU or Mish or Hardswish or Hardsigmoid or Hardtanh
            or Sigmoid or LogSigmoid or Tanh or Tanhshrink or Softplus or Softsign or Softshrink or Hardshrink or Threshold or GLU => LayerKinds.Activation,
        Convolution => LayerKinds.Convolution,
        Linear => LayerKinds.Linear,
        AvgPool1d or AvgPool2d or AvgPool3d or MaxPool1d or MaxPool2d or MaxPool3d or LPPool1d or LPPool2d or FractionalMaxPool2d or FractionalMaxPool3d
            or AdaptiveAvgPool1d or AdaptiveAvgPool2d or AdaptiveAvgPool3d
            or AdaptiveMaxPool1d or AdaptiveMaxPool2d or AdaptiveMaxPool3d => LayerKinds.Pooling,
        _ => LayerKinds.None,
    };

    public void Dispose() => Array.ForEach(_removals, remove => remove());

    private static (nn.Module<Tensor, Tensor> Module, LayerKinds Kind)[] LayersOf(nn.Module network, LayerKinds kinds) =>
        [.. network.modules().Prepend(network).Distinct().OfType<nn.Module<Tensor, Tensor>>()
            .Select(module => (module, KindOf(module))).Where(layer => (layer.Item2 & kinds) != 0)];
}
