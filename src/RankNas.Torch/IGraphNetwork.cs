using RankNas.Graphs;
using RankNas.Proxies;

namespace RankNas.Torch;

/// <summary>A network of which the graph is known: all that passes over the graph need.</summary>
internal interface IGraphNetwork
{
    /// <summary>Gets the graph that the network computes.</summary>
    NetworkGraph Graph { get; }

    /// <summary>Gets a trainable tensor of the network.</summary>
    /// <param name="name">Its full name.</param>
    Tensor Weight(string name);

    /// <summary>Computes one operation unseen by hooks.</summary>
    /// <param name="node">The operation.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="sample">A tensor of the batch.</param>
    /// <returns>A handle of its own.</returns>
    Tensor Compute(GraphNode node, Tensor[] inputs, Tensor sample);

    /// <summary>Tells whether images are of the graph's shape, which all that is planned from the graph holds for. On others, the layers may run all the same.</summary>
    bool IsFor(Tensor images) => images.dim() > 0 && images.Sizes().AsSpan(1) is var shape && shape.Length == Graph.Input.Shape.Length
        && shape.SequenceEqual([.. Graph.Input.Shape.Select(size => (long)size)]);
}
