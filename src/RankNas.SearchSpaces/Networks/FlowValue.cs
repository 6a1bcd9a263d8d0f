using static TorchSharp.torch;

namespace RankNas;

/// <summary>What flows between the layers: features of one image <c>[H, W, C]</c>, and R's gradient by them as it comes in.</summary>
internal sealed class FlowValue(Tensor features)
{
    public Tensor Features => features;

    /// <summary>Gets the sum of the gradients that came in; null where no path leads on to the logits.</summary>
    public Tensor? Gradient { get; private set; }

    // Never in place: two values may have been given the same gradient.
    public void AddGradient(Tensor gradient) => Gradient = Gradient is null ? gradient : Gradient.Plus(gradient);
}
