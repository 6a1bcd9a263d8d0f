using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>What flows between the operations for one image: its features divided by 2^<see cref="Log2"/>, and R's gradient by those as it comes in.</summary>
/// <param name="features">The features, <c>[C, H, W]</c> in NHWC or of any other shape.</param>
/// <param name="log2">The power of two that they are divided by.</param>
internal sealed class FlowValue(Tensor features, int log2 = 0)
{
    public Tensor Features => features;

    public int Log2 => log2;

    /// <summary>Gets whether no path leads here, so that the features are zeros.</summary>
    public bool IsZero { get; init; }

    /// <summary>Gets whether no layer has made it, so that its gradient is of no use.</summary>
    public bool IsConstant { get; init; }

    /// <summary>Gets or sets how many layers ago it was last looked at whether values are in range.</summary>
    public int Layers { get; set; }

    /// <summary>Gets the sum of the gradients that came in; null where no path leads on to the logits.</summary>
    public Tensor? Gradient { get; private set; }

    // Never in place: two values may have been given views of the same gradient.
    public void AddGradient(Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        using Tensor? before = Gradient;
        Gradient = (before is null ? gradient.alias() : FlowMemory.Sum(before, gradient)).DetachFromDisposeScope();
    }

    /// <summary>Gives the sum away, which is complete, to be disposed of.</summary>
    public Tensor? TakeGradient()
    {
        Tensor? gradient = Gradient;
        Gradient = null;
        return gradient;
    }
}
