using static TorchSharp.torch;

namespace RankNas;

/// <summary>A layer that synaptic flow has passed: its absolute weight, and R's gradient by it once that is known.</summary>
internal sealed class FlowLayer(Tensor weight)
{
    public Tensor Weight => weight;

    /// <summary>Gets or sets the gradient, of the weight's shape; zeros where no path leads through the layer.</summary>
    public Tensor? Gradient { get; set; }

    public (Tensor AbsoluteWeight, Tensor Gradient) ToPair() => (weight, Gradient ?? zeros_like(weight));
}
