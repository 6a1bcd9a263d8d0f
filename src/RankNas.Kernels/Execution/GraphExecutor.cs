using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Proxies;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Kernels.Execution;

/// <summary>Runs a graph's network without gradients, BatchNorm on batch statistics and dropout off; its running statistics stay as they are.</summary>
/// <remarks>Node by node by kernels of our own where they suit, else by libtorch's: on any device, in any precision.</remarks>
/// <param name="network">The network.</param>
/// <param name="memory">Where activations lie.</param>
internal sealed class GraphExecutor(IGraphNetwork network, PassMemory memory)
{
    private readonly NodeMath _math = new(network, memory);

    /// <summary>Runs it.</summary>
    /// <param name="images">Images <c>[N, C, H, W]</c>.</param>
    /// <param name="sink">Takes the layers' inputs, each layer counted once, in an order that depends on the graph alone.</param>
    /// <returns>Logits <c>[N, classes]</c>.</returns>
    /// <exception cref="ArgumentException">The images are not of the graph's shape, which all memory is planned by.</exception>
    public Tensor Forward(Tensor images, ILayerSink sink)
    {
        if (!network.IsFor(images) || images.size(0) == 0)
        {
            throw new ArgumentException(
                $"The graph takes images [N, {string.Join(", ", network.Graph.Input.Shape)}], not [{string.Join(", ", images.Sizes())}].", nameof(images));
        }

        using IDisposable guard = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        ExecutionPlan plan = ExecutionPlan.Of(network.Graph, sink.Kinds, KeepsZeros, sink.ReadsSignsAlone);
        var values = new PassValue?[network.Graph.Nodes.Length];
        try
        {
            foreach (PlanStep step in plan.Steps)
            {
                Run(step, values, images, sink);
                foreach (int value in step.Releases)
                {
                    values[value]?.Dispose();
                    values[value] = null;
                }
            }

            return values[plan.Output]!.Written.Value.alias().MoveToOuterDisposeScope();
        }
        finally
        {
            foreach (PassValue? value in values)
            {
                value?.Dispose();
            }
        }
    }

    private void Run(PlanStep step, PassValue?[] values, Tensor images, ILayerSink sink)
    {
        switch (step)
        {
            case ReportStep report:
                PassValue seen = values[report.Value]!;
                sink.Take(new LayerInput(report.Kind, ShapeOf(report.Value, images), seen.Written, report.Uses, isStable: true)
                {
                    LiveUses = report.LiveUses,
                    UngatedUses = report.UngatedUses,
                    Signs = seen.Signs?.Noted,
                    Activation = report is { Kind: LayerKinds.Activation, Layer: { } layer } ? values => network.Compute(layer, [values], images) : null,
                });
                break;
            case ZerosStep zeros:
                values[zeros.Node.Index] = new PassValue(memory.Zeros(images, zeros.Node.Shape.AsSpan()));
                break;
            case DeferStep deferred:
                values[deferred.Node.Index] = new PassValue(values[deferred.Input]!, Clamp.Of((ActivationOperation)deferred.Node.Operation));
                break;
            case NormalizeStep normalize:
                values[normalize.Node.Index] = _math.Normalize(normalize, values);
                break;
            case SumStep sum:
                values[sum.Node.Index] = _math.Sum(sum, values);
                break;
            case ComputeStep { Node.Operation: InputOperation } input:
                values[input.Node.Index] = new PassValue(TensorLayout.ChannelsLast(images));
                break;
            case ComputeStep { MayWait: true } product when _math.TryPostpone(product.Node, values[product.Inputs[0]]!) is { } waiting:
                values[product.Node.Index] = waiting;
                break;
            case ComputeStep compute:
                values[compute.Node.Index] = _math.Compute(compute.Node, [.. compute.Inputs.Select(input => values[input]!)], images);
                break;
        }
    }

    private long[] ShapeOf(int node, Tensor images) => [images.size(0), .. network.Graph.Nodes[node].Shape.Select(size => (long)size)];

    // Whether normalised zeros are zeros.
    private bool KeepsZeros(GraphNode node)
    {
        using Tensor others = network.Weight($"{node.Name}.bias").count_nonzero();
        return others.item<long>() == 0;
    }
}
