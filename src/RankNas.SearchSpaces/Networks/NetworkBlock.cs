using static TorchSharp.torch;

namespace RankNas;

/// <summary>A part of a NATS-Bench network: an ordinary module that can also be observed, carry synaptic flow and describe itself.</summary>
internal abstract class NetworkBlock(string name) : nn.Module<Tensor, Tensor>(name), IDescribedModule
{
    /// <summary>Runs with BatchNorm on batch statistics and reports the layers' inputs. The caller disposes what is returned.</summary>
    public abstract Tensor Observe(Tensor input, ObservedPass pass);

    /// <summary>Runs made linear and positive: absolute weights, BatchNorm as identity.</summary>
    public abstract FlowValue Flow(FlowValue input, FlowPass flow);

    /// <inheritdoc/>
    public abstract OnnxValue Describe(INetworkGraph graph, OnnxValue input);
}
