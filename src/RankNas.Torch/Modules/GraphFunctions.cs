using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Proxies;

namespace RankNas.Torch.Modules;

/// <summary>The operations of graphs: layers, and functions of tensors with the batch in front.</summary>
internal static class GraphFunctions
{
    /// <summary>Applies an operation.</summary>
    /// <param name="network">The network, which has the weights.</param>
    /// <param name="node">The node.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="sample">A tensor of the batch, which zeros are made like.</param>
    /// <param name="layer">Applies a layer.</param>
    /// <returns>A handle of its own.</returns>
    public static Tensor Apply(IGraphNetwork network, GraphNode node, Tensor[] inputs, Tensor sample, Func<GraphNode, Tensor, Tensor> layer) => node.Operation switch
    {
        GlobalPoolingOperation { KeepsDimensions: false } => Flat(layer(node, inputs[0])),
        _ when GraphLayers.IsLayer(node) => layer(node, inputs[0]),
        ClassTokenOperation => cat([network.Weight(node.Name).expand(inputs[0].size(0), -1, -1), inputs[0]], 1),
        PositionEmbeddingOperation => inputs[0].Plus(network.Weight(node.Name)),
        _ => Apply(node, inputs, sample),
    };

    private static Tensor Apply(GraphNode node, Tensor[] inputs, Tensor sample) => node.Operation switch
    {
        AddOperation => Fold(inputs, node.Shape.Length, TensorArithmetic.Plus),
        MultiplyOperation => Fold(inputs, node.Shape.Length, (left, right) => left.mul(right)),
        ConcatenateOperation concatenate => cat(inputs, concatenate.Axis + 1),
        SliceOperation slice => inputs[0].narrow(slice.Axis + 1, slice.Start, slice.Length),
        ReshapeOperation => inputs[0].reshape([-1, .. Sizes(node)]),
        TransposeOperation transpose => inputs[0].permute([0, .. transpose.Axes.Select(axis => axis + 1L)]),
        SoftmaxOperation softmax => nn.functional.softmax(inputs[0], softmax.Axis + 1),
        MatrixProductOperation => MatrixProduct(inputs[0], inputs[1]),
        ScaleOperation scale => inputs[0].Times(scale.Factor),
        ZerosOperation => Zeros(node, sample),
        IdentityOperation => inputs[0].alias(),
        _ => throw new NotSupportedException($"'{node.Name}', a {node.Operation.GetType().Name}, is no function of tensors."),
    };

    private static Tensor Flat(Tensor pooled)
    {
        using (pooled)
        {
            return pooled.flatten(1);
        }
    }

    private static IEnumerable<long> Sizes(GraphNode node) => node.Shape.Select(size => (long)size);

    private static Tensor Fold(Tensor[] inputs, int rank, Func<Tensor, Tensor, Tensor> join)
    {
        using DisposeScope scope = NewDisposeScope();
        return inputs.Select(input => Aligned(input, rank)).Aggregate(join).MoveToOuterDisposeScope();
    }

    // The batch stays in front: what has fewer dimensions gets 1 after it.
    private static Tensor Aligned(Tensor input, int rank) =>
        input.dim() == rank + 1 ? input : input.reshape([input.size(0), .. Enumerable.Repeat(1L, rank + 1 - (int)input.dim()), .. input.Sizes()[1..]]);

    // By bmm, whose errors TorchSharp lets out.
    private static Tensor MatrixProduct(Tensor left, Tensor right)
    {
        using DisposeScope scope = NewDisposeScope();
        int rank = (int)Math.Max(left.dim(), right.dim());
        (left, right) = (Aligned(left, rank - 1), Aligned(right, rank - 1));
        long[] batch = [.. left.Sizes()[..^2].Zip(right.Sizes()[..^2], Math.Max)];
        Tensor product = Matrices(left, batch).bmm(Matrices(right, batch));
        return product.reshape([.. batch, left.size(-2), right.size(-1)]).MoveToOuterDisposeScope();
    }

    private static Tensor Matrices(Tensor factor, long[] batch) =>
        factor.expand([.. batch, factor.size(-2), factor.size(-1)]).reshape(-1, factor.size(-2), factor.size(-1));

    // Images are laid out like everything else: the next convolution may be wrong otherwise.
    private static Tensor Zeros(GraphNode node, Tensor sample)
    {
        using Tensor made = sample.new_zeros([sample.size(0), .. Sizes(node)]);
        return TensorLayout.ChannelsLast(made);
    }
}
