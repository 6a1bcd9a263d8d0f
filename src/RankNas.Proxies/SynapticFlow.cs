using System.Collections.Immutable;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>The absolute weights of a network's convolutions and linear layers, and the gradient of the summed logits by each.</summary>
/// <param name="Layers">A weight's absolute value and R's gradient by it, of the same shape; the gradient is divided by 2^<paramref name="Log2Scale"/>.</param>
/// <param name="Log2Scale">The power of two that the gradients have been divided by to keep them in range.</param>
internal sealed record SynapticFlow(ImmutableArray<(Tensor AbsoluteWeight, Tensor Gradient)> Layers, double Log2Scale);
